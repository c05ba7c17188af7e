package io.wgwhy.rules;

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

  /** In the order of files and lines. */
  public List<RuleProblem> problems() {
    return problems;
  }

  /** The book without the packs that were refused: whoever must go on, goes on with it. */
  public RuleBook rest() {
    return rest == null ? RuleBook.builtIn() : rest;
  }
}
