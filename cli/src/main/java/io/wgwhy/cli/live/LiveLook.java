package io.wgwhy.cli.live;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.agent.Collector;
import io.wgwhy.connectors.collect.agent.Remote;
import io.wgwhy.connectors.collect.agent.Seen;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.WgPeer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks at hosts for some seconds, at all of them at once. */
public final class LiveLook {
  /**
   * What to look at.
   *
   * @param here whether this host is one of them
   * @param name what this host is called
   * @param others hosts to look at over ssh
   * @param length for how long
   * @param ping an address inside AllowedIPs to send echo requests to; null to send nothing
   */
  public record Wish(
      boolean here, String name, List<Remote> others, Duration length, @Nullable String ping) {}

  private final Clock clock;
  private final Consumer<String> progress;
  private final Consumer<Observation> keep;
  private final List<Observation> seen = new ArrayList<>();
  private final List<CommandFailure> failures = new ArrayList<>();

  /**
   * @param progress takes lines for the person who waits
   * @param keep takes each observation as it comes, secrets and all
   */
  public LiveLook(Clock clock, Consumer<String> progress, Consumer<Observation> keep) {
    this.clock = clock;
    this.progress = progress;
    this.keep = keep;
  }

  /** What was seen, in order of time. */
  public List<Observation> look(Wish wish) throws InterruptedException {
    List<String> names = new ArrayList<>(wish.here() ? List.of(wish.name()) : List.of());
    wish.others().forEach(it -> names.add(it.host()));
    progress.accept(
        "looking at %s for %d s ..."
            .formatted(String.join(", ", names), wish.length().toSeconds()));
    List<CompletableFuture<Void>> others =
        wish.others().stream()
            .map(it -> CompletableFuture.runAsync(() -> remote(it, wish.length()), LiveLook::run))
            .toList();
    if (wish.here()) {
      here(wish);
    }
    others.forEach(CompletableFuture::join);
    synchronized (this) {
      return seen.stream().sorted(Comparator.comparingLong(Observation::atMillis)).toList();
    }
  }

  private static void run(Runnable task) {
    Thread thread = new Thread(task, "remote");
    thread.setDaemon(true);
    thread.start();
  }

  private void here(Wish wish) throws InterruptedException {
    Collector.Identity identity = new Collector.Identity(wish.name(), null, null);
    Parsers parsers = new Parsers(Secrets.withoutTenantKey());
    try (Collector collector = new Collector(identity, parsers, this::local)) {
      collector.start();
      tellFailures();
      if (wish.ping() != null && !collector.ping(wish.ping(), wish.length())) {
        progress.accept(wish.ping() + " is in no peer's AllowedIPs: nothing is sent to it");
      }
      List<WgPeer> before = collector.peers();
      Thread.sleep(wish.length().toMillis());
      collector.look();
      tellIdle(before, collector.peers(), wish);
    }
  }

  /** An idle tunnel is not broken, and a broken one that is idle cannot be told from it. */
  private void tellIdle(List<WgPeer> before, List<WgPeer> after, Wish wish) {
    if (after.isEmpty()) {
      progress.accept("no WireGuard peer was seen on " + wish.name());
    } else if (sent(before).equals(sent(after)) && wish.ping() == null) {
      progress.accept(
          "nothing was sent through a tunnel meanwhile, and an idle one shows little:"
              + " use it while looking, or add --ping ADDRESS");
    }
  }

  private static List<String> sent(List<WgPeer> peers) {
    return peers.stream().map(it -> it.identity() + " " + it.txBytes()).sorted().toList();
  }

  private void local(Seen it) {
    add(it.observation());
    for (Fact fact : it.parsed().facts()) {
      if (fact instanceof CommandFailure failure) {
        synchronized (this) {
          failures.add(failure);
        }
      }
    }
  }

  /** What a person can do something about at once. */
  private synchronized void tellFailures() {
    boolean refused =
        failures.stream()
            .anyMatch(
                it ->
                    it.reason() == CommandFailure.Reason.NOT_PERMITTED
                        && List.of("wg", "tcpdump").contains(it.command()));
    if (refused) {
      progress.accept("wg or tcpdump is not permitted: run as root to see more (sudo wgwhy ...)");
    }
    failures.stream()
        .filter(it -> it.reason() == CommandFailure.Reason.NOT_FOUND)
        .map(CommandFailure::command)
        .filter(it -> List.of("wg", "tcpdump", "ip").contains(it))
        .distinct()
        .forEach(it -> progress.accept(it + " is not installed: what it would show is unknown"));
  }

  private void remote(Remote other, Duration length) {
    String failed = null;
    int before = count();
    try {
      int exit = other.look(length, clock, this::add, any -> {});
      failed = exit == 0 ? null : "ssh ended with " + exit;
    } catch (IOException e) {
      failed = "ssh could not be started";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed = "interrupted";
    }
    if (failed != null || count() == before) {
      progress.accept(other.host() + ": " + (failed == null ? "nothing came" : failed));
    }
  }

  private synchronized int count() {
    return seen.size();
  }

  private synchronized void add(Observation observation) {
    seen.add(observation);
    keep.accept(observation);
  }
}
