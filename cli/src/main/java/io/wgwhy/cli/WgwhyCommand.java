package io.wgwhy.cli;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wgwhy} itself, and the one place where its commands are registered. */
@Command(
    name = "wgwhy",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Why is my WireGuard tunnel down?",
    description = {
      "",
      "Walks the diagnostic order of a good network engineer over what was seen on the hosts, and"
          + " says the root cause, the evidence, what was ruled out, and the commands that repair"
          + " it.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy diagnose incident.jsonl                 what a recording shows",
      "  wgwhy diagnose server=srv.txt client=cli.txt  outputs that somebody pasted",
      "  wg show | wgwhy diagnose -                    the output of a command",
      "  wgwhy help diagnose                           more about a command, with examples",
      "  source <(wgwhy generate-completion)           completion for bash and zsh",
      "",
      "Exit codes: " + Exit.HELP + "."
    })
final class WgwhyCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @SuppressWarnings("NullAway.Init") // picocli fills spec in.
  private WgwhyCommand() {}

  /** Every command there is. */
  static CommandLine tree(Stdio stdio) {
    Failures failures = new Failures(stdio.look());
    CommandLine tree =
        new CommandLine(new WgwhyCommand())
            .addSubcommand(new DiagnoseCommand(stdio))
            .addSubcommand(new CollectCommand(stdio))
            .addSubcommand(new EngineCommand(stdio))
            .addSubcommand(new FindingsCommand(stdio))
            .addSubcommand(AlertCommand.tree(stdio))
            .addSubcommand(DeadLettersCommand.tree(stdio))
            .addSubcommand(new TenantCommand(stdio))
            .addSubcommand(new BackupCommand(stdio))
            .addSubcommand(new RestoreCommand(stdio))
            .addSubcommand(new DemoCommand(stdio))
            .addSubcommand(BenchCommand.tree(stdio))
            .addSubcommand(new MatrixCommand(stdio))
            .addSubcommand(RulesCommand.tree(stdio))
            .addSubcommand(LabCommand.tree(stdio))
            .addSubcommand(GenerateCompletion.class)
            .addSubcommand(HelpCommand.class);
    return tree.setOut(stdio.out())
        .setErr(stdio.err())
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(stdio.look().colour() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(stdio.look().width())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }
}
