package io.wgwhy.cli.alert;

import io.wgwhy.connectors.kafka.FindingFeed;
import io.wgwhy.connectors.kafka.FindingFeed.Arrival;
import io.wgwhy.connectors.kafka.FindingFeed.Progress;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.connectors.sink.dispatch.Courier;
import io.wgwhy.connectors.sink.dispatch.Ledger;
import io.wgwhy.connectors.sink.dispatch.Silences;
import io.wgwhy.facts.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One receiver at work, from its findings to its sink. Others have theirs, so one that is slow, or
 * away, or refuses keeps nobody waiting but itself.
 */
final class Telling {
  /** More wait on the topic, not in memory. */
  private static final int MOST_WAITING = 1_000;

  private static final Duration NOTE = Duration.ofSeconds(10);

  private final FindingFeed feed;
  private final Ledger ledger;
  private final Courier courier;
  private final Silences silences;
  private final @Nullable Duration repeat;
  private final Clock clock;

  /** Up to when all was told that a silence had held back; absent before the first look. */
  private final Map<Tenant, Instant> settled = new HashMap<>();

  private Instant noted = Instant.EPOCH;
  private Instant repeated = Instant.EPOCH;

  Telling(
      FindingFeed feed, Ledger ledger, Courier courier, Silences silences, Sink sink, Clock clock) {
    this.feed = feed;
    this.ledger = ledger;
    this.courier = courier;
    this.silences = silences;
    this.repeat = sink.repeat();
    this.clock = clock;
  }

  /** Goes on for a moment. */
  void step(Duration patience) throws InterruptedException {
    boolean news = false;
    for (Arrival arrival : feed.poll(patience)) {
      take(arrival);
      news = true;
    }
    for (Tenant lost : feed.takeLost()) {
      ledger.forget(lost);
      courier.forget(lost);
      settled.remove(lost);
    }
    silences.refresh();
    Instant now = clock.instant();
    feed.upToDate().forEach(it -> wake(it, now));
    boolean moved = courier.attempt();
    if (repeat != null && !repeated.plus(repeat).isAfter(now) && courier.waiting() == 0) {
      courier.repeat(ledger.repeat(now));
      repeated = now;
    }
    feed.pause(courier.waiting() >= MOST_WAITING);
    if (moved || (news && courier.waiting() == 0) || noted.plus(NOTE).isBefore(now)) {
      note(false);
      noted = now;
    }
  }

  private void take(Arrival it) {
    switch (it.phase()) {
      // It was told; the ledger is only brought back to what it was.
      case DONE -> ledger.take(it.tenant(), it.finding(), it.at(), false);
      case BACKLOG -> ledger.remember(it.tenant(), it.finding());
      case LIVE ->
          ledger
              .take(it.tenant(), it.finding(), clock.instant(), true)
              .ifPresent(notice -> courier.add(it.offset(), notice));
    }
  }

  private void wake(Tenant tenant, Instant now) {
    Instant before = settled.get(tenant);
    if (before == null) {
      Instant doneAt = feed.doneAt(tenant);
      if (doneAt != null) {
        ledger.wake(tenant, doneAt);
      }
    }
    ledger.wake(tenant, now).forEach(it -> courier.add(Courier.HELD_BACK, it));
    if (!courier.isHeldBackWaiting(tenant)) {
      settled.put(tenant, now);
    } else if (before == null && feed.doneAt(tenant) != null) {
      settled.put(tenant, feed.doneAt(tenant));
    }
  }

  /** What is told is noted. A tenant whose beginning has not been told yet is not. */
  void note(boolean forGood) {
    Map<Tenant, Progress> progress = new HashMap<>();
    for (Tenant tenant : feed.upToDate()) {
      Instant at = settled.get(tenant);
      if (at != null) {
        progress.put(tenant, new Progress(courier.firstWaiting(tenant).orElse(null), at));
      }
    }
    feed.done(progress, forGood);
  }
}
