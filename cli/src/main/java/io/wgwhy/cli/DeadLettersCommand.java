package io.wgwhy.cli;

import io.wgwhy.connectors.kafka.DeadLetters;
import io.wgwhy.facts.Tenant;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wgwhy dead-letters}: what engines refused, and why. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "What the engine refused: lists it, explains it, sends it back.",
    description = {
      "",
      "Records that are no facts, or at which rules fail, are kept on the topic"
          + " wgwhy.TENANT.dead-letters with the reason and the place where they stood.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy dead-letters list",
      "  wgwhy dead-letters list --tenant acme --refusal unknown-kind --json",
      "  wgwhy dead-letters show acme 12          what it says, what that means, what to do",
      "  wgwhy dead-letters replay acme 12 13     publishes them as facts again",
      "  wgwhy dead-letters replay acme --refusal unknown-kind --dry-run",
      "",
      "Exit codes: " + DeadLettersCommand.EXIT + "."
    })
final class DeadLettersCommand implements Runnable {
  static final String EXIT =
      "0 none, or all sent back; 1 there are some, or some were not sent back; 2 bad usage, or no"
          + " such letter; 3 cannot reach Kafka";

  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @SuppressWarnings("NullAway.Init") // picocli fills spec in.
  private DeadLettersCommand() {}

  static CommandLine tree(Stdio stdio) {
    return new CommandLine(new DeadLettersCommand())
        .addSubcommand(new DeadLettersListCommand(stdio))
        .addSubcommand(new DeadLettersShowCommand(stdio))
        .addSubcommand(new DeadLettersReplayCommand(stdio));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }

  /** The tenants with these names; all that may be seen when none is given. */
  static List<Tenant> tenants(DeadLetters letters, List<String> names) {
    List<Tenant> wanted = names.stream().map(TenantName::of).toList();
    Set<Tenant> known = letters.tenants();
    for (Tenant tenant : wanted) {
      if (!known.contains(tenant)) {
        throw new CannotGoOn(Exit.UNUSABLE, "no dead letters of " + tenant + " can be seen here");
      }
    }
    return wanted.isEmpty() ? List.copyOf(known) : wanted;
  }
}
