package io.wgwhy.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.cli.live.LocalHost;
import io.wgwhy.cli.live.Recorder;
import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.Secrets;
import io.wgwhy.connectors.collect.agent.Collector;
import io.wgwhy.connectors.collect.agent.Script;
import io.wgwhy.connectors.collect.agent.Seen;
import io.wgwhy.facts.Fact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy collect}: the agent. */
@Command(
    name = "collect",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Watch this host's WireGuard tunnels, until stopped.",
    description = {
      "",
      "Runs wg, ip, tcpdump, nft and others on schedules that fit them, never through a shell, and"
          + " changes nothing. Captures see messages of handshakes and ICMP errors only, never data."
          + " Interfaces, ports and devices are found, and followed as they change.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  sudo wgwhy collect --record seen.jsonl              keep what is seen, without keys",
      "  sudo wgwhy collect --once --record seen.jsonl       one look, 10 s",
      "  sudo wgwhy collect --once --dry-run                 the facts, as they would be sent",
      "  wgwhy collect --print-script > collect.sh           for hosts without Java",
      "  ssh root@router sh -s < collect.sh > router.jsonl   nothing is installed there",
      "",
      "Exit codes: 0 stopped, or looked once; 2 bad usage, or the recording cannot be written."
    })
final class CollectCommand implements Callable<Integer> {
  /** Two windows of a capture. */
  private static final long ONE_LOOK_SECONDS = 10;

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "What to call this host. Default: its own name.")
  private @Nullable String host;

  @Option(names = "--once", description = "Look for ten seconds, then end.")
  private boolean once;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "Append what is seen to this recording, private and preshared keys cut out; only its"
              + " owner can read it.")
  private @Nullable Path record;

  @Option(names = "--dry-run", description = "Print the facts that would be sent, as JSON lines.")
  private boolean dryRun;

  @Option(
      names = "--print-script",
      description =
          "Print a shell script that does the same on a host without Java, BusyBox's too.")
  private boolean printScript;

  private final Stdio stdio;
  private final JsonMapper json = JsonMapper.builder().build();

  CollectCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (printScript) {
      stdio.out().print(Script.text());
      return Exit.NOTHING_WRONG;
    }
    if (record == null && !dryRun) {
      throw new CannotGoOn(Exit.UNUSABLE, "say what to do with what is seen: --record, --dry-run");
    }
    if (record == null) {
      collect(this::print);
      return Exit.NOTHING_WRONG;
    }
    try (Recorder recorder = Recorder.open(record)) {
      collect(
          seen -> {
            recorder.add(seen.observation());
            if (dryRun) {
              print(seen);
            }
          });
    } catch (IOException | UncheckedIOException e) {
      throw new CannotGoOn(Exit.UNUSABLE, "cannot write to " + record);
    }
    return Exit.NOTHING_WRONG;
  }

  private void collect(Consumer<Seen> sink) throws InterruptedException {
    String name = host == null ? LocalHost.name() : host;
    var identity = new Collector.Identity(name, null, null);
    var parsers = new Parsers(Secrets.withoutTenantKey());
    try (Stopping stopping = new Stopping();
        Collector collector = new Collector(identity, parsers, sink)) {
      collector.start();
      if (once) {
        boolean stopped = stopping.await(ONE_LOOK_SECONDS, TimeUnit.SECONDS);
        if (!stopped) {
          collector.look();
        }
      } else {
        stopping.await();
      }
    }
  }

  private void print(Seen seen) {
    for (Fact fact : seen.parsed().facts()) {
      try {
        stdio.out().println(json.writeValueAsString(fact));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    stdio.out().flush();
  }
}
