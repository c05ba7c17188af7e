package io.wgwhy.cli.alert;

import io.wgwhy.connectors.kafka.FindingFeed;
import io.wgwhy.connectors.kafka.FindingFeed.Arrival;
import io.wgwhy.connectors.kafka.FindingFeed.Note;
import io.wgwhy.connectors.kafka.FindingFeed.Progress;
import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.connectors.sink.dispatch.Courier;
import io.wgwhy.connectors.sink.dispatch.Route;
import io.wgwhy.connectors.sink.dispatch.Silences;
import io.wgwhy.connectors.sink.dispatch.ToldAndTrue;
import io.wgwhy.facts.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One receiver at work, from its findings to its sink. Others have theirs, so one that is slow, or
 * away, or refuses keeps nobody waiting but itself.
 */
final class Telling {
  /** More wait on the topic, not in memory. */
  private static final int MOST_WAITING = 1_000;

  private static final Duration NOTE = Duration.ofSeconds(10);

  private final FindingFeed feed;
  private final ToldAndTrue told;
  private final Courier courier;
  private final Silences silences;
  private final Sink sink;
  private final String route;
  private final Clock clock;

  /** Up to when all was told that a silence had held back; absent before the first look. */
  private final Map<Tenant, Note> settled = new HashMap<>();

  private Instant noted = Instant.EPOCH;
  private Instant repeated = Instant.EPOCH;

  /**
   * @param route which findings are told: the one that {@code told} chooses by
   */
  Telling(
      FindingFeed feed,
      ToldAndTrue told,
      Courier courier,
      Silences silences,
      Sink sink,
      Route route,
      Clock clock) {
    this.feed = feed;
    this.told = told;
    this.courier = courier;
    this.silences = silences;
    this.sink = sink;
    this.route = route.text();
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
      told.forget(lost);
      courier.forget(lost);
      settled.remove(lost);
    }
    silences.refresh();
    Instant now = clock.instant();
    feed.upToDate().forEach(it -> wake(it, now));
    boolean moved = courier.attempt();
    feed.upToDate().forEach(it -> settle(it, now));
    repeat(now);
    if (courier.waiting() >= MOST_WAITING) {
      feed.pause();
    } else {
      feed.resume();
    }
    if (moved || (news && courier.waiting() == 0) || noted.plus(NOTE).isBefore(now)) {
      feed.done(progress());
      noted = now;
    }
  }

  /** A part of it in each step, and what is new first: there may be thousands that are open. */
  private void repeat(Instant now) throws InterruptedException {
    Duration pace = sink.repeat();
    if (pace == null || courier.waiting() > 0) {
      return;
    }
    if (!told.isRepeating() && !repeated.plus(pace).isAfter(now)) {
      told.beginRepeating();
      courier.beginRepeating();
      repeated = now;
    }
    List<Notice> next = told.repeat(now, Math.max(1, sink.most()));
    int done = courier.repeat(next);
    told.repeatLater(next.subList(done, next.size()));
  }

  private void take(Arrival it) {
    switch (it.phase()) {
      // There is nothing to tell of it, but that it was told is to be known again.
      case DONE -> replay(it);
      case BACKLOG -> told.remember(it.tenant(), it.finding());
      case LIVE ->
          told.take(it.tenant(), it.finding(), clock.instant())
              .ifPresent(notice -> courier.add(it.offset(), notice));
    }
  }

  /** Somebody may have changed meanwhile which findings this receiver is told. */
  private void replay(Arrival it) {
    Note note = feed.note(it.tenant());
    if (note != null && note.by() != null && !note.by().equals(route)) {
      Route.ofText(note.by()).ifPresent(then -> told.replayBy(it.tenant(), then));
    }
    told.replay(it.tenant(), it.finding(), it.at());
  }

  private void wake(Tenant tenant, Instant now) {
    Note done = feed.note(tenant);
    if (done != null && !settled.containsKey(tenant)) {
      told.wake(tenant, done.at());
    }
    told.goOn(tenant);
    told.wake(tenant, now).forEach(courier::addHeldBack);
  }

  /** Whoever is stopped just then has told it, and is to know that. */
  private void settle(Tenant tenant, Instant now) {
    Note done = feed.note(tenant);
    if (!courier.isHeldBackWaiting(tenant)) {
      settled.put(tenant, new Note(now, route));
    } else if (done != null) {
      settled.putIfAbsent(tenant, done);
    }
  }

  /** What is told is noted before it ends. */
  void end() {
    feed.doneForGood(progress());
  }

  /** Of each tenant, unless its beginning has not been told yet. */
  private Map<Tenant, Progress> progress() {
    Map<Tenant, Progress> progress = new HashMap<>();
    for (Tenant tenant : feed.upToDate()) {
      Note note = settled.get(tenant);
      if (note != null) {
        progress.put(tenant, new Progress(courier.firstWaiting(tenant), note));
      }
    }
    return progress;
  }
}
