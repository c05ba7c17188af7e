package io.wgwhy.cli;

import io.wgwhy.cli.report.Look;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * {@code wgwhy collect} as a program of its own: it loads nothing of the engine, and needs none of
 * its libraries. A small host has other things to do with its memory.
 */
public final class CollectMain {
  private CollectMain() {}

  public static void main(String[] args) {
    Stdio stdio = Stdio.ofProcess();
    int exit = run(stdio, args);
    System.exit(exit);
  }

  static int run(Stdio stdio, String... args) {
    Stdio.writeAsProgramsRead();
    CommandLine command = command(stdio);
    try {
      return command.execute(args);
    } finally {
      stdio.out().flush();
      stdio.err().flush();
    }
  }

  /** The command, called what people type. */
  static CommandLine command(Stdio stdio) {
    Look look = stdio.look();
    Failures failures = new Failures(look);
    return new CommandLine(new CollectCommand(stdio))
        .setCommandName("wgwhy-collect")
        .setOut(stdio.out())
        .setErr(stdio.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(look.colour() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(look.width())
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }
}
