package io.wgwhy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.lab.Fault;
import io.wgwhy.lab.Faults;
import io.wgwhy.lab.LabException;
import io.wgwhy.lab.Leftovers;
import io.wgwhy.lab.Playground;
import io.wgwhy.lab.Requirements;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wgwhy lab}: real tunnels in network namespaces, to be broken on purpose. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Break real tunnels on purpose, in network namespaces of this machine.",
    description = {
      "",
      "A client behind a home router, a transit network, a server, a web host behind it, a second"
          + " client. Needs Linux, root and wireguard-go; says which packages are missing.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  sudo wgwhy lab up                             a healthy tunnel with traffic in it",
      "  sudo wgwhy lab break psk-client-only",
      "  sudo wgwhy lab shell srv                      look for yourself",
      "  sudo wgwhy lab shell cli wg show",
      "  sudo wgwhy lab heal",
      "  sudo wgwhy lab down                           leaves nothing behind",
      "  sudo wgwhy lab test                           is each fault found, and cleared?",
      "",
      "Exit codes: " + Exit.HELP + "."
    })
final class LabCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  private final Stdio stdio;

  @SuppressWarnings("NullAway.Init") // picocli fills spec in.
  private LabCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  static CommandLine tree(Stdio stdio) {
    CommandLine lab =
        new CommandLine(new LabCommand(stdio))
            .addSubcommand(new LabRecordCommand(stdio))
            .addSubcommand(new LabTestCommand(stdio));
    // What stands behind the host is a command with options of its own.
    Objects.requireNonNull(lab.getSubcommands().get("shell")).setStopAtPositional(true);
    return lab;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }

  @Command(
      name = "up",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      header = "Build the lab: a healthy tunnel with traffic in it.")
  int up() {
    Playground lab = can(Playground::up);
    stdio.tell("hosts: " + String.join(", ", lab.hosts()));
    return Exit.NOTHING_WRONG;
  }

  @Command(
      name = "break",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      header = "Break the tunnel; what was broken before is healed.")
  int breakBy(@Parameters(paramLabel = "FAULT", description = "See wgwhy lab list.") String name) {
    return can(
        () -> {
          Fault fault = Faults.named(name);
          Playground.find().breakBy(fault);
          stdio.tell(fault.what());
          return Exit.NOTHING_WRONG;
        });
  }

  @Command(
      name = "heal",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      header = "Take back what was broken.")
  int heal() {
    return can(
        () -> {
          Playground.find().heal();
          return Exit.NOTHING_WRONG;
        });
  }

  @Command(
      name = "shell",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      header = "Open a shell on a host, or run one command there.")
  int shell(
      @Parameters(index = "0", paramLabel = "HOST", description = "cli, srv, ...") String host,
      @Parameters(
              index = "1..*",
              arity = "0..*",
              paramLabel = "COMMAND",
              description = "The command and its arguments; none opens a shell.")
          List<String> command) {
    return can(() -> Playground.find().shell(host, command == null ? List.of() : command));
  }

  @Command(
      name = "down",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      header = "Remove the lab and all that belongs to it.")
  int down() {
    return can(
        () -> {
          Playground.down();
          return Exit.NOTHING_WRONG;
        });
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      header = "What can be broken, and what only looks broken.")
  int list(@Option(names = "--json", description = "Print JSON, and nothing else.") boolean json)
      throws JsonProcessingException {
    if (Requirements.areMet()) {
      Leftovers.sweep();
    }
    if (json) {
      List<?> faults =
          Faults.all().stream()
              .map(it -> Map.of("name", it.name(), "causes", it.causes(), "what", it.what()))
              .toList();
      stdio
          .out()
          .println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(faults));
    } else {
      Faults.all().forEach(it -> stdio.out().printf("%-40s %s%n", it.name(), it.what()));
    }
    stdio.out().flush();
    return Exit.NOTHING_WRONG;
  }

  private <T> T can(Supplier<T> work) {
    try {
      Requirements.check();
      Leftovers.sweep();
      return work.get();
    } catch (LabException e) {
      throw new CannotGoOn(Exit.UNUSABLE, String.valueOf(e.getMessage()));
    }
  }
}
