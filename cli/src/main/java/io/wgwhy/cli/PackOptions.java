package io.wgwhy.cli;

import io.wgwhy.rules.BadRules;
import io.wgwhy.rules.RuleBook;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which rules: the built-in pack, and those that are named. */
final class PackOptions {
  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description =
          "Add the rule pack in this folder to the built-in one; may be repeated. See wgwhy rules"
              + " --help.")
  private List<Path> folders = List.of();

  /** Whether there are others than the built-in pack. */
  boolean isGiven() {
    return !folders.isEmpty();
  }

  /**
   * The book of all of them. Compiling takes seconds, the built-in pack alone does not.
   *
   * @throws CannotGoOn when a pack is refused; all that is wrong with it is told before
   */
  RuleBook book(Stdio stdio) {
    return folders.isEmpty() ? RuleBook.builtIn() : book(stdio, folders);
  }

  static RuleBook book(Stdio stdio, List<Path> folders) {
    folders.forEach(Folder::demandPack);
    try {
      return RuleBook.with(folders.toArray(Path[]::new));
    } catch (BadRules refused) {
      throw refusal(stdio, refused);
    }
  }

  /** Tells all that is wrong; gives the reason to stop. */
  static CannotGoOn refusal(Stdio stdio, BadRules refused) {
    stdio.tellProblems(refused.problems());
    int count = refused.problems().size();
    return new CannotGoOn(
        Exit.UNUSABLE,
        "the rule pack is refused: "
            + (count == 1 ? "one problem" : count + " problems")
            + ", see above");
  }
}
