package io.wgwhy.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a rule pack, without compiling it. */
public final class RuleLint {
  private static final Comparator<RuleProblem> ORDER =
      Comparator.comparing(RuleProblem::file).thenComparingInt(RuleProblem::line);

  private final PackFolder pack;
  private final List<RuleProblem> problems;

  /** Each rule's name, and the file and line where it stands. */
  private final Map<String, String> rules = new LinkedHashMap<>();

  private RuleLint(PackFolder pack) {
    this.pack = pack;
    this.problems = new ArrayList<>(pack.problems());
  }

  /** All that is wrong with the pack in this folder; empty when nothing is. */
  public static List<RuleProblem> check(Path folder) {
    RuleLint lint = new RuleLint(PackFolder.read(folder));
    lint.checkRules();
    lint.checkCases();
    lint.problems.sort(ORDER);
    return List.copyOf(lint.problems);
  }

  /**
   * What must be right before a pack can be compiled: all but the cases.
   *
   * @return each rule's name, and the file and line where it stands
   * @throws BadRules when something is not
   */
  static Map<String, String> demandSound(PackFolder pack) {
    RuleLint lint = new RuleLint(pack);
    lint.checkRules();
    if (!lint.problems.isEmpty()) {
      lint.problems.sort(ORDER);
      throw new BadRules(lint.problems);
    }
    return lint.rules;
  }

  private void checkRules() {
    pack.vocabulary().forEach(file -> check(file, null));
    for (PackFolder.CauseFolder cause : pack.causes()) {
      if (cause.rules() != null) {
        check(cause.rules(), cause.id());
      }
    }
  }

  private void check(PackFolder.DrlFile file, @Nullable String cause) {
    String path = pack.path(file.name());
    DrlLint.check(path, file.text(), cause, problems::add)
        .forEach(
            (name, line) -> {
              String first = rules.putIfAbsent(name, file.name() + ":" + line);
              if (first != null) {
                problems.add(
                    new RuleProblem(
                        path,
                        line,
                        "\"" + name + "\" is also in " + first + ": give each rule its own name"));
              }
            });
  }

  private void checkCases() {
    for (PackFolder.CauseFolder cause : pack.causes()) {
      for (String kind : List.of("fires", "silent")) {
        if (cause.cases().stream().noneMatch(name -> name.startsWith(kind + "-"))) {
          problems.add(
              new RuleProblem(
                  cause.folder().toString(), 0, "add a case: " + kind + "-<when>.yaml"));
        }
      }
    }
  }
}
