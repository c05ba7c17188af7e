package io.wgwhy.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.internal.builder.conf.LanguageLevelOption;

/** Says what is wrong with a rule pack, without compiling it. */
public final class RuleLint {
  private static final Comparator<RuleProblem> ORDER =
      Comparator.comparing(RuleProblem::file).thenComparingInt(RuleProblem::line);

  /** The built-in pack has a third of that; each costs an engine some 10 ms to compile. */
  private static final int MOST_RULES = 1000;

  private final PackFolder pack;
  private final LanguageLevelOption parser;
  private final List<RuleProblem> problems;

  private final Map<String, RuleHead> rules = new LinkedHashMap<>();

  private RuleLint(PackFolder pack, LanguageLevelOption parser) {
    this.parser = parser;
    this.pack = pack;
    this.problems = new ArrayList<>(pack.problems());
  }

  /** All that is wrong with the pack in this folder; empty when nothing is. */
  public static List<RuleProblem> check(Path folder) {
    RuleLint lint = new RuleLint(PackFolder.read(folder), LanguageLevelOption.DRL6);
    lint.checkRules();
    lint.checkCases();
    lint.problems.sort(ORDER);
    return List.copyOf(lint.problems);
  }

  /**
   * What must be right before a pack can be compiled: all but the cases.
   *
   * @return its rules
   * @throws BadRules when something is not
   */
  static List<RuleHead> demandSound(PackFolder pack) {
    RuleLint lint = new RuleLint(pack, LanguageLevelOption.DRL6);
    lint.checkRules();
    if (lint.problems.isEmpty()) { // else the other would say the same, on stderr, too
      lint = new RuleLint(pack, LanguageLevelOption.DRL10);
      lint.checkRules();
    }
    if (!lint.problems.isEmpty()) {
      lint.problems.sort(ORDER);
      throw new BadRules(lint.problems);
    }
    return List.copyOf(lint.rules.values());
  }

  private void checkRules() {
    pack.vocabulary().forEach(file -> check(file, null));
    for (PackFolder.CauseFolder cause : pack.causes()) {
      if (cause.rules() != null) {
        check(cause.rules(), cause.id());
      }
    }
    if (rules.size() > MOST_RULES) {
      problems.add(
          new RuleProblem(
              pack.folder().toString(),
              0,
              "the pack has "
                  + rules.size()
                  + " rules: "
                  + MOST_RULES
                  + " are the most; divide it"));
    }
  }

  private void check(PackFolder.DrlFile file, @Nullable String cause) {
    if (file.text().equals(PackFolder.UNREAD)) {
      return;
    }
    String path = pack.path(file.name());
    DrlLint.check(
            path,
            file.text(),
            cause,
            pack.name().equals(CompiledPack.BUILT_IN),
            parser,
            problems::add)
        .forEach(
            (name, stated) -> {
              RuleHead first =
                  rules.putIfAbsent(
                      name, new RuleHead(name, file.name(), stated.line(), cause, stated.verb()));
              if (first != null) {
                problems.add(
                    new RuleProblem(
                        path,
                        stated.line(),
                        "\""
                            + name
                            + "\" is also in "
                            + first.file()
                            + ":"
                            + first.line()
                            + ": give each rule its own name"));
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
