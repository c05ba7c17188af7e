package io.wgwhy.cli;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.cli.live.Keeping;
import io.wgwhy.cli.live.LocalHost;
import io.wgwhy.cli.live.Publishing;
import io.wgwhy.cli.live.Recorder;
import io.wgwhy.cli.report.JsonText;
import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.agent.Announcer;
import io.wgwhy.connectors.collect.agent.Collector;
import io.wgwhy.connectors.collect.agent.Script;
import io.wgwhy.connectors.collect.agent.Times;
import io.wgwhy.facts.Fact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy collect}: the agent. */
@Command(
    name = "collect",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    defaultValueProvider = Configuration.class,
    header = "Watch this host's WireGuard tunnels, until stopped.",
    description = {
      "",
      "Runs wg, ip, tcpdump, nft and others on schedules that fit them, never through a shell, and"
          + " changes nothing. Captures see messages of handshakes and ICMP errors only, never"
          + " data. Interfaces, ports and devices are found, and followed as they change. Says what"
          + " changed, and every few seconds that it is still there.",
      "",
      "Each option can stand in the configuration (--config) as name = value and in the environment"
          + " as WGWHY_NAME; the option counts first, then the environment, then the file.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  sudo wgwhy collect --tenant acme --bootstrap-server kafka:9092",
      "  sudo wgwhy collect --record seen.jsonl --dry-run    keep what is seen, without keys",
      "  sudo wgwhy collect --once --record seen.jsonl       one look, 10 s",
      "  sudo wgwhy collect --once --dry-run                 the facts, as they would be sent",
      "  wgwhy collect --print-script > collect.sh           for hosts without Java",
      "  ssh root@router sh -s < collect.sh > router.jsonl   nothing is installed there",
      "",
      "Exit codes: 0 stopped, or looked once; 2 bad usage, or the recording cannot be written;"
          + " 3 cannot reach Kafka (with --once or --wait-for-kafka; else it is waited for)."
    })
final class CollectCommand implements Callable<Integer> {
  /** Two windows of a capture. */
  private static final long ONE_LOOK_SECONDS = 10;

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final AgentOptions agent = new AgentOptions();

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
              + " owner can read it. Without --bootstrap-server, --properties or --tenant nothing"
              + " is sent then.")
  private @Nullable Path record;

  @Option(
      names = "--dry-run",
      description = "Print the facts that would be sent, as JSON lines; send none.")
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
    Level level = agent.logLevel();
    Verbosity.log(Verbosity.isVerbose() ? Level.DEBUG : level);
    agent.check();
    if (record == null) {
      collect(stopping -> any -> {});
      return Exit.NOTHING_WRONG;
    }
    try (Recorder recorder = Recorder.open(record)) {
      AtomicBoolean lost = new AtomicBoolean();
      collect(stopping -> new Keeping(recorder::add, () -> lose(lost, stopping)));
      if (lost.get()) {
        throw new CannotGoOn(Exit.UNUSABLE, "the recording " + record + " lacks its end");
      }
    } catch (Recorder.NotPrivate e) {
      throw new CannotGoOn(Exit.UNUSABLE, String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      throw new CannotGoOn(Exit.UNUSABLE, "cannot write to " + record);
    }
    return Exit.NOTHING_WRONG;
  }

  /** Whom facts are published to goes on to hear them; without, there is nothing left to do. */
  private void lose(AtomicBoolean lost, Stopping stopping) {
    lost.set(true);
    stdio.tell("cannot write to " + record + " any more: the recording ends here");
    if (!dryRun && !agent.isAddressed()) {
      stopping.ask();
    }
  }

  /**
   * @param keeping who keeps what is seen, given what ends the command
   */
  private void collect(Function<Stopping, Collector.Sink> keeping) throws InterruptedException {
    try (Stopping stopping = new Stopping()) {
      Collector.Sink recorder = keeping.apply(stopping);
      if (dryRun) {
        Announcer announcer =
            new Announcer(name(), agent.pace(), facts -> print(facts, stopping), () -> 0);
        look(Collector.Sink.both(recorder, announcer), Times.ownOnly(), stopping);
        announcer.goodBye(System.currentTimeMillis());
      } else if (record != null && !agent.isAddressed()) {
        look(recorder, Times.ownOnly(), stopping);
      } else {
        publish(recorder, stopping);
      }
    }
  }

  private void publish(Collector.Sink recorder, Stopping stopping) throws InterruptedException {
    KafkaOptions.quiet();
    try (Publishing publishing = agent.publishing(name())) {
      if (!reached(publishing, stopping)) {
        return;
      }
      stdio.tell(
          "watching, as " + name() + "; facts go to " + agent.topic() + " at " + agent.server());
      look(Collector.Sink.both(recorder, publishing.sink()), publishing.times(), stopping);
      stdio.tell(publishing.goodBye());
    }
  }

  /** Whether Kafka has answered; it has not where somebody asks to stop before. */
  private boolean reached(Publishing publishing, Stopping stopping) throws InterruptedException {
    @Nullable Duration patience = agent.patience(once);
    boolean told = false;
    long begin = System.nanoTime();
    while (!publishing.isHeard(Duration.ofSeconds(1))) {
      if (stopping.isAsked()) {
        return false;
      }
      if (patience != null && System.nanoTime() - begin >= patience.toNanos()) {
        throw new CannotGoOn(
            Exit.NO_KAFKA,
            "cannot reach Kafka at "
                + agent.server()
                + ": no answer within "
                + patience.toSeconds()
                + " s");
      }
      if (!told) {
        stdio.tell("waiting for Kafka at " + agent.server() + "; facts begin when it answers");
        told = true;
      }
    }
    return true;
  }

  private void look(Collector.Sink sink, Times times, Stopping stopping)
      throws InterruptedException {
    Collector.Identity identity = agent.identity(name());
    try (Collector collector = new Collector(identity, new Parsers(agent.secrets()), sink, times)) {
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

  private String name() {
    return host == null ? LocalHost.name() : host;
  }

  /** Whoever read it may have gone: then nobody is looked at for. */
  private void print(List<Fact> facts, Stopping stopping) {
    for (Fact fact : facts) {
      try {
        stdio.out().println(JsonText.harmless(json.writeValueAsString(fact)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (stdio.out().checkError()) {
      stopping.ask();
    }
  }
}
