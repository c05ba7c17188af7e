package io.wgwhy.cli;

import io.wgwhy.cli.report.Look;
import io.wgwhy.connectors.kafka.Trouble;
import io.wgwhy.rules.Fuel;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The one place where failures become an exit code and one line that says what to do next. The
 * stack trace is for those who ask for it with {@code --verbose}.
 */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Look look;

  Failures(Look look) {
    this.look = look;
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    String says = firstLine(wrong);
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      says = unmatched.isUnknownOption() ? says : unmatched(command, unmatched);
      String meant = String.join(" or ", unmatched.getSuggestions());
      says += meant.isEmpty() ? "" : ". Did you mean " + meant + "?";
    }
    // Picocli speaks of Java's types.
    says = says.replaceFirst(" is not an? (?:int|long)$", " is not a whole number");
    String name = command.getCommandSpec().qualifiedName();
    tell(command, says + (says.endsWith("?") ? "" : ".") + " See: " + name + " --help");
    return Exit.UNUSABLE;
  }

  private static String unmatched(CommandLine command, UnmatchedArgumentException wrong) {
    String first = wrong.getUnmatched().get(0);
    return command.getSubcommands().isEmpty()
        ? "there is no place for '" + first + "'"
        : "there is no command '" + first + "'";
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) {
    return handle(failure, command);
  }

  /** The same for what is no exception: a full memory, an endless recursion. */
  int handle(Throwable failure, CommandLine command) {
    if (failure instanceof CannotGoOn known) {
      tell(command, firstLine(known));
      return known.exit();
    }
    Fuel.Spent spent = Fuel.Spent.in(failure);
    if (spent != null) {
      tell(command, spent.getMessage() + ": ask for less, or for fewer facts of a kind");
      return Exit.UNUSABLE;
    }
    Trouble kafka = Trouble.of(failure);
    if (kafka != null) {
      tell(
          command,
          kafka.refused()
              ? "Kafka does not let this login do that: " + kafka.says() + "; see --properties"
              : "Kafka does not answer as it should: " + kafka.says());
      return kafka.refused() ? Exit.UNUSABLE : Exit.NO_KAFKA;
    }
    String what = failure.getClass().getSimpleName();
    if (Verbosity.isVerbose()) {
      failure.printStackTrace(command.getErr());
    }
    tell(command, "a fault of wgwhy itself (" + what + "). Run again with --verbose and report it");
    return Exit.UNUSABLE;
  }

  private void tell(CommandLine command, String says) {
    command.getErr().println("wgwhy: " + look.clean(says));
    command.getErr().flush();
  }

  private static String firstLine(Exception failure) {
    String message = failure.getMessage();
    String line =
        message == null
            ? failure.getClass().getSimpleName()
            : message.lines().findFirst().orElse("");
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
