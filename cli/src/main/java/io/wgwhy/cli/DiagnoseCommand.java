package io.wgwhy.cli;

import io.wgwhy.cli.diagnose.Diagnose;
import io.wgwhy.cli.diagnose.Outcome;
import io.wgwhy.cli.diagnose.UnknownCause;
import io.wgwhy.cli.report.OutcomeJson;
import io.wgwhy.cli.report.Report;
import io.wgwhy.rules.RuleBook;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy diagnose}: one verdict, now. */
@Command(
    name = "diagnose",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Say why a tunnel is down: on this host now, or from recordings or pasted outputs.",
    description = {
      "",
      "Without a file it looks at this host for some seconds (as root, to see all), and with --from"
          + " at others over ssh, where nothing needs to be installed. Nothing is changed.",
      "",
      "Reads recordings (JSON lines, recognised by content) and pasted outputs of wg, ip, nft,"
          + " iptables, tcpdump, ss, ping and others. The outputs of both ends say more than those"
          + " of one. Private and preshared keys are never shown.",
      ""
    },
    footerHeading = "%nWhich files are reasoned about together:%n",
    footer = {
      "  * What names its network in a recording belongs to that network.",
      "  * Other recordings are one network when they show different hosts at the same time, as the",
      "    two ends of a tunnel do; else each recording is a network of its own.",
      "  * All pasted outputs are one network; with the recordings of one network beside them, they",
      "    belong to it.",
      "  * With --together everything that names no network is one network.",
      "",
      "Examples:",
      "  sudo wgwhy diagnose                            this host, now",
      "  sudo wgwhy diagnose --from root@srv            both ends of a tunnel",
      "  sudo wgwhy diagnose --ping 10.66.66.1          with something to carry",
      "  sudo wgwhy diagnose --record seen.jsonl        keep it, without keys, for a colleague",
      "  wgwhy diagnose incident.jsonl",
      "  wgwhy diagnose server.jsonl client.jsonl",
      "  wgwhy diagnose server=wg-srv.txt client=wg-cli.txt client=routes.txt",
      "  ssh srv sudo wg show all dump | wgwhy diagnose client=wg.txt server=-",
      "  wgwhy diagnose --why udp-port-blocked-upstream incident.jsonl",
      "  wgwhy diagnose --rules acme incident.jsonl     with rules of your own",
      "  wgwhy diagnose --json incidents/ | jq '.findings[0].remedy'",
      "",
      "Exit codes: 0 nothing is wrong now, 1 findings, 2 bad usage, or nothing could be read."
    })
final class DiagnoseCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Parameters(
      paramLabel = "[HOST=]FILE",
      arity = "0..*",
      description =
          "A recording, a pasted output, a folder of them, or - for the standard input. A pasted"
              + " output belongs to HOST; without it, to the host that its prompts show, else it is"
              + " called after the file.")
  private List<String> files = List.of();

  @Option(
      names = "--json",
      description =
          "Print one JSON object: findings (root cause first), healthy, unread; with --why also"
              + " explanations.")
  private boolean json;

  @Option(names = "--all", description = "Tell every finding in full, also those that are over.")
  private boolean everything;

  @Option(names = "--together", description = "Take all files to be of one network.")
  private boolean together;

  @Option(
      names = "--why",
      paramLabel = "CAUSE",
      description =
          "Explain one cause instead, for each tunnel: which of its rules hold, which conditions"
              + " do not, the wanted beside the actual, and the commands that would show what"
              + " nobody has looked at.")
  private @Nullable String why;

  @Mixin private final PackOptions packs = new PackOptions();

  @Mixin private final LiveOptions live = new LiveOptions();

  private final Stdio stdio;
  private final Clock clock;
  private final Supplier<RuleBook> rules;

  DiagnoseCommand(Stdio stdio) {
    this(stdio, RuleBook::builtIn, Clock.systemUTC());
  }

  DiagnoseCommand(Stdio stdio, Supplier<RuleBook> rules, Clock clock) {
    this.stdio = stdio;
    this.clock = clock;
    this.rules = rules;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!files.isEmpty() && live.isGiven()) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "files are diagnosed as they are: --from, --ping and --record look now");
    }
    if (files.stream().filter(it -> it.equals("-") || it.endsWith("=-")).count() > 1) {
      throw new CannotGoOn(Exit.UNUSABLE, "the standard input (-) can be read only once");
    }
    Outcome outcome = outcome();
    stdio.out().print(json ? OutcomeJson.of(outcome, stdio.look()) : report(outcome));
    stdio.out().flush();
    if (!outcome.isAnythingRead()) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          "nothing could be read. What can be: recordings, and outputs such as that of"
              + " wg show all dump. See: wgwhy diagnose --help");
    }
    if (outcome.failed() > 0) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          "a network could not be diagnosed, by a fault of wgwhy itself."
              + " Run again with --verbose and report it");
    }
    return outcome.isSomethingWrong() ? Exit.FINDINGS : Exit.NOTHING_WRONG;
  }

  private Outcome outcome() throws InterruptedException {
    RuleBook own = packs.isGiven() ? packs.book(stdio) : null;
    Diagnose diagnose = new Diagnose(own == null ? rules : () -> own, clock);
    try {
      return files.isEmpty()
          ? diagnose.live(live.look(clock, stdio::tell), why)
          : diagnose.files(files, together, why, stdio.in());
    } catch (UnknownCause unknown) {
      throw new CannotGoOn(Exit.UNUSABLE, String.valueOf(unknown.getMessage()));
    }
  }

  private String report(Outcome outcome) {
    return why == null
        ? Report.of(outcome, stdio.look(), everything)
        : Report.why(outcome, stdio.look());
  }
}
