package io.wgwhy.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wgwhy lab}: real tunnels in network namespaces, to be broken on purpose. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Break real tunnels on purpose, in network namespaces of this machine.",
    description = {
      "",
      "Needs root, Linux, and wireguard-go, wireguard-tools, iproute2, nftables, iptables, tcpdump,"
          + " conntrack, iputils-ping, socat, procps, dnsmasq-base, curl and bind9-dnsutils.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  sudo wgwhy lab record --into recordings psk-different   a recording of one fault",
      "",
      "Exit codes: " + Exit.HELP + "."
    })
final class LabCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @SuppressWarnings("NullAway.Init") // picocli fills spec in.
  private LabCommand() {}

  static CommandLine tree(Stdio stdio) {
    return new CommandLine(new LabCommand()).addSubcommand(new LabRecordCommand(stdio));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }
}
