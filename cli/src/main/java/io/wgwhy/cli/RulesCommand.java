package io.wgwhy.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wgwhy rules}: the rule author's workbench. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Read the rules, write your own, and know that they are right.",
    description = {
      "",
      "A rule pack is a folder: <n>-<band>/<cause>/ holds a cause's rules (<cause>.drl), its"
          + " remedy page (<cause>.md) and its cases (fires-*.yaml, silent-*.yaml, clears-*.yaml)."
          + " docs/first-rule.md shows the way from nothing to a tested rule.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy rules list                              the causes, in the diagnostic order",
      "  wgwhy rules show mtu-too-large                page, rules and cases of one",
      "  wgwhy rules new --pack acme acme-old-gateway  a cause of your own",
      "  wgwhy rules lint acme                         is it sound?",
      "  wgwhy rules test acme                         does it say what its cases expect?",
      "  wgwhy rules explain CAUSE incident.jsonl      why is it found, or why not?",
      "  wgwhy rules backtest acme --recordings DIR    what would it have said?",
      "  wgwhy rules shadow acme                       what would it say of what comes in now?",
      "  wgwhy rules publish acme -m WHY               running engines take it",
      "  wgwhy rules rollback acme -m WHY              the version before again",
      "  wgwhy rules history                           what is published, by whom, why",
      "",
      "Exit codes: " + Exit.HELP + "."
    })
final class RulesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @SuppressWarnings("NullAway.Init") // picocli fills spec in.
  private RulesCommand() {}

  static CommandLine tree(Stdio stdio) {
    return new CommandLine(new RulesCommand())
        .addSubcommand(new RulesListCommand(stdio))
        .addSubcommand(new RulesShowCommand(stdio))
        .addSubcommand(new RulesCatalogueCommand(stdio))
        .addSubcommand(new RulesNewCommand(stdio))
        .addSubcommand(new RulesLintCommand(stdio))
        .addSubcommand(new RulesTestCommand(stdio))
        .addSubcommand(new RulesExplainCommand(stdio))
        .addSubcommand(new RulesBacktestCommand(stdio))
        .addSubcommand(new RulesShadowCommand(stdio))
        .addSubcommand(new RulesPublishCommand(stdio))
        .addSubcommand(new RulesRollbackCommand(stdio))
        .addSubcommand(new RulesHistoryCommand(stdio));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }
}
