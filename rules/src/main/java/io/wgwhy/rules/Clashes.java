package io.wgwhy.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What two packs of one book cannot both have. */
final class Clashes {
  private Clashes() {}

  static List<RuleProblem> between(List<CompiledPack> accepted, CompiledPack pack, Path folder) {
    List<RuleProblem> problems = new ArrayList<>();
    Catalogue late = pack.catalogue();
    for (CompiledPack other : accepted) {
      Catalogue early = other.catalogue();
      if (early.pack().equals(late.pack())) {
        problems.add(problem(folder, "there is a pack " + late.pack() + " already: rename this"));
        continue;
      }
      late.rules()
          .forEach(
              rule -> {
                if (early.rules().stream().anyMatch(it -> it.name().equals(rule.name()))) {
                  problems.add(
                      at(
                          folder,
                          rule,
                          "\""
                              + rule.name()
                              + "\" is also in the pack "
                              + early.pack()
                              + ": give each rule its own name"));
                }
              });
      for (Catalogue.Entry cause : late.causes()) {
        if (early.causes().stream().anyMatch(c -> c.id().equals(cause.id()))) {
          problems.add(
              problem(
                  folder.resolve(cause.band()).resolve(cause.id()),
                  "the pack " + early.pack() + " has this cause: give yours its own name"));
        }
      }
    }
    return problems;
  }

  private static RuleProblem at(Path folder, RuleHead rule, String message) {
    return new RuleProblem(folder.resolve(rule.file()).toString(), rule.line(), message);
  }

  private static RuleProblem problem(Path file, String message) {
    return new RuleProblem(file.toString(), 0, message);
  }
}
