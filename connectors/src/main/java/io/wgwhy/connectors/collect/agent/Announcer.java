package io.wgwhy.connectors.collect.agent;

import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Heartbeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Says what a host shows: anew only what changed, and at a fixed pace that it is still there. A
 * sign of life rides along with everything else that is said, too: what was not said anew is still
 * so, and the listener need not wait to know it.
 */
public final class Announcer implements Collector.Sink {
  /**
   * Whoever listens may have forgotten a host that slept for a week, and this costs little: after a
   * day all is said again.
   */
  private static final long SLEPT = Duration.ofDays(1).toMillis();

  private final String host;
  private final Duration pace;
  private final Consumer<List<Fact>> mouth;
  private final LongSupplier dropped;
  private final LongSupplier nanos;
  private final Changes changes = new Changes();
  private final Failing failing = new Failing();
  private boolean saidAnything = true;
  private long beatAt;
  private boolean everBeat;
  private long seenAt;

  /**
   * @param pace how often it speaks at least; what nobody hears for longer is noticed
   * @param mouth takes facts in order; those of one moment are never split between calls
   * @param dropped how many facts had to be given up so far
   */
  public Announcer(String host, Duration pace, Consumer<List<Fact>> mouth, LongSupplier dropped) {
    this(host, pace, mouth, dropped, System::nanoTime);
  }

  Announcer(
      String host,
      Duration pace,
      Consumer<List<Fact>> mouth,
      LongSupplier dropped,
      LongSupplier nanos) {
    this.host = host;
    this.pace = pace;
    this.mouth = mouth;
    this.dropped = dropped;
    this.nanos = nanos;
  }

  @Override
  public synchronized void seen(Seen it) {
    long at = it.observation().atMillis();
    if (at - seenAt > SLEPT) {
      changes.forgetAll();
    }
    seenAt = at;
    List<Fact> facts = it.parsed().facts();
    boolean failed = facts.stream().anyMatch(CommandFailure.class::isInstance);
    String line = it.observation().command();
    String program = line.split(" ", 2)[0];
    if (failing.note(program, line, failed)) {
      changes.forget("command-failure/" + host + "/" + program);
    }
    say(changes.of(facts));
  }

  private void say(List<Fact> news) {
    if (!news.isEmpty()) {
      saidAnything = true;
      mouth.accept(news);
    }
  }

  /** All that is looked at most often was looked at just now. */
  @Override
  public synchronized void roundOver(long at) {
    boolean due = !everBeat || nanos.getAsLong() - beatAt >= pace.toNanos() - tolerance();
    if (due) {
      say(changes.quietTime());
    }
    if (due || saidAnything) {
      beat(at, /* last= */ false);
    }
  }

  /** Rounds are some ms early or late: the promise is kept rather by the earlier one. */
  private static long tolerance() {
    return Catalogue.PEERS.toNanos() / 2;
  }

  private void beat(long at, boolean last) {
    List<Fact> beat = new ArrayList<>();
    beat.add(
        new Heartbeat(host, at, pace.toMillis(), failing.programs(), dropped.getAsLong(), last));
    mouth.accept(beat);
    beatAt = nanos.getAsLong();
    everBeat = true;
    saidAnything = false;
  }

  /**
   * Somebody stops the collector: silence from now on is meant.
   *
   * @param at ms since the epoch, on the shared timeline
   */
  public synchronized void goodBye(long at) {
    say(changes.quietTime());
    beat(at, /* last= */ true);
  }

  /** Nobody may have heard what was said: all of it is said again as it is looked at. */
  public synchronized void beginAnew() {
    changes.forgetAll();
  }
}
