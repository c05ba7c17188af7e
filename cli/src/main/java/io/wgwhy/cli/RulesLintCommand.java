package io.wgwhy.cli;

import io.wgwhy.cli.report.JsonText;
import io.wgwhy.cli.report.LintText;
import io.wgwhy.cli.workbench.Case;
import io.wgwhy.cli.workbench.Sarif;
import io.wgwhy.rules.PackFiles;
import io.wgwhy.rules.RuleAdvice;
import io.wgwhy.rules.RuleFix;
import io.wgwhy.rules.RuleLint;
import io.wgwhy.rules.RuleProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy rules lint}: what is wrong with a pack, by file, line and column. */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Say what is wrong with a pack, by file, line and column, and what to do.",
    description = {
      "",
      "Reads rules, pages and names of files, and compiles nothing. What lint refuses, the loader"
          + " refuses, too; advice is for the author alone.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy rules lint acme",
      "  wgwhy rules lint --fix acme                   mends what needs no thought",
      "  wgwhy rules lint --sarif lint.sarif acme      for code reviews",
      "",
      "Exit codes: 0 sound, 1 problems, 2 there is no such folder, or no pack in it."
    })
final class RulesLintCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Parameters(paramLabel = "DIR", description = "The pack's folder.", defaultValue = ".")
  private Path pack = Path.of(".");

  @Option(
      names = "--fix",
      description =
          "Mend what needs no thought first: misspelt names, attributes that have no place, blanks"
              + " at the ends of lines.")
  private boolean fix;

  @Option(names = "--sarif", paramLabel = "FILE", description = "Write a SARIF 2.1.0 log, too.")
  private @Nullable Path sarif;

  @Option(names = "--json", description = "Print one JSON object: problems, advice, fixed.")
  private boolean json;

  private final Stdio stdio;

  RulesLintCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  private List<RuleProblem> unreadableCases() {
    List<RuleProblem> problems = new ArrayList<>();
    for (Path file : PackFiles.cases(pack)) {
      try {
        Case.read(file);
      } catch (Case.Unreadable told) {
        String says = "the case cannot be read: " + told.says();
        problems.add(new RuleProblem(file.toString(), told.line(), 0, says, null));
      }
    }
    return problems;
  }

  private record Answer(
      List<RuleProblem> problems, List<RuleProblem> advice, List<RuleProblem> fixed) {}

  @Override
  public Integer call() {
    Folder.demandPack(pack);
    List<RuleProblem> fixed = fix ? RuleFix.mend(pack) : List.of();
    List<RuleProblem> problems = new ArrayList<>(RuleLint.check(pack));
    problems.addAll(unreadableCases());
    List<RuleProblem> advice = problems.isEmpty() ? RuleAdvice.of(pack) : List.of();
    stdio
        .out()
        .print(
            json
                ? JsonText.of(new Answer(problems, advice, fixed), stdio.look())
                : LintText.of(problems, advice, fixed, stdio.look()));
    if (sarif != null) {
      Written.to(sarif, JsonText.of(Sarif.of(problems, advice, Path.of(".")), stdio.look()), stdio);
    }
    return problems.isEmpty() ? Exit.NOTHING_WRONG : Exit.FINDINGS;
  }
}
