package io.wgwhy.cli;

import io.wgwhy.cli.live.LiveLook;
import io.wgwhy.cli.live.LocalHost;
import io.wgwhy.cli.live.Recorder;
import io.wgwhy.connectors.collect.agent.Remote;
import io.wgwhy.facts.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is looked at when no file is named, and how. */
final class LiveOptions {
  /** Three unanswered initiations, and the 15 s after which an end stops hearing (timers.c). */
  private static final int USUAL_SECONDS = 20;

  private static final int LEAST_SECONDS = 10;
  private static final int MOST_SECONDS = 3600;

  @Option(
      names = "--from",
      paramLabel = "[USER@]HOST",
      description =
          "Look at this host, too, over ssh; may be repeated. A shell script is run there"
              + " (see wgwhy collect --print-script); nothing is installed.")
  private List<String> from = List.of();

  @Option(names = "--not-here", description = "Look at the hosts of --from only.")
  private boolean notHere;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long to look. Default: " + USUAL_SECONDS + ".")
  private @Nullable Integer seconds;

  @Option(
      names = "--ping",
      paramLabel = "ADDRESS",
      description =
          "Ping this address meanwhile, once a second: an idle tunnel shows nothing. It must be"
              + " inside the AllowedIPs of a peer, or nothing is sent.")
  private @Nullable String ping;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "Append what was seen to this recording, private and preshared keys cut out, to diagnose"
              + " again or to send to a colleague.")
  private @Nullable Path record;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "What to call this host. Default: its own name.")
  private @Nullable String host;

  boolean isGiven() {
    return !from.isEmpty()
        || notHere
        || seconds != null
        || ping != null
        || record != null
        || host != null;
  }

  /** Looks, and keeps it where that is wanted. */
  List<Observation> look(Clock clock, Consumer<String> progress) throws InterruptedException {
    LiveLook.Wish wish = wish();
    if (record == null) {
      return new LiveLook(clock, progress, any -> {}).look(wish);
    }
    try (Recorder recorder = Recorder.open(record)) {
      List<Observation> seen = new LiveLook(clock, progress, recorder::add).look(wish);
      progress.accept("recorded in " + record + ", without private and preshared keys");
      return seen;
    } catch (Recorder.NotPrivate e) {
      throw new CannotGoOn(Exit.UNUSABLE, String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      throw new CannotGoOn(Exit.UNUSABLE, "cannot write to " + record);
    }
  }

  private LiveLook.Wish wish() {
    int length = seconds == null ? USUAL_SECONDS : seconds;
    if (length < LEAST_SECONDS || length > MOST_SECONDS) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          "--seconds takes %d to %d: less shows nothing".formatted(LEAST_SECONDS, MOST_SECONDS));
    }
    if (notHere && from.isEmpty()) {
      throw new CannotGoOn(Exit.UNUSABLE, "--not-here needs a host to look at: --from HOST");
    }
    List<Remote> others;
    try {
      others = from.stream().map(Remote::of).toList();
    } catch (IllegalArgumentException e) {
      throw new CannotGoOn(Exit.UNUSABLE, "--from: " + e.getMessage());
    }
    String name = host == null ? LocalHost.name() : host;
    return new LiveLook.Wish(!notHere, name, others, Duration.ofSeconds(length), ping);
  }
}
