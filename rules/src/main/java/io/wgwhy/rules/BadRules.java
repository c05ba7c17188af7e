package io.wgwhy.rules;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A rule pack was refused. Says all that is wrong with it, not only what came first. */
public final class BadRules extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<RuleProblem> problems;
  private final transient @Nullable RuleBook rest;

  BadRules(List<RuleProblem> problems) {
    this(problems, null);
  }

  BadRules(List<RuleProblem> problems, @Nullable RuleBook rest) {
    super(problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
    this.rest = rest;
  }

  /**
   * The same of a pack that was unpacked somewhere to be read: files are named from the pack on.
   */
  BadRules toldFrom(String pack) {
    return new BadRules(
        problems.stream().map(it -> it.in(toldFrom(Path.of(it.file()), pack))).toList());
  }

  private static String toldFrom(Path file, String pack) {
    for (int i = file.getNameCount() - 1; i >= 0; i--) {
      if (file.getName(i).toString().equals(pack)) {
        return file.subpath(i, file.getNameCount()).toString();
      }
    }
    return file.toString();
  }

  /** In the order of files and lines. */
  public List<RuleProblem> problems() {
    return problems;
  }

  /** The book without the packs that were refused: whoever must go on, goes on with it. */
  public RuleBook rest() {
    return rest == null ? RuleBook.builtIn() : rest;
  }
}
