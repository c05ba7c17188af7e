package io.wgwhy.connectors.sink.dispatch;

import io.wgwhy.connectors.sink.Delivery;
import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.facts.Tenant;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings notices to one sink, in their order, until they arrive: after a failure it waits, longer
 * each time. What the sink refuses is set aside; in company with others, each is tried alone, so
 * that one that nobody takes does not take others with it. Used by one thread.
 */
public final class Courier {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** The mark of what a silence had held back, or was there before the receiver was. */
  public static final long HELD_BACK = -1;

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Sink sink;
  private final Witness witness;
  private final LongSupplier nanos;
  private final DoubleSupplier chance;
  private final Deque<Item> queue = new ArrayDeque<>();
  private Duration pause = Duration.ZERO;
  private long dueNanos;
  private boolean failing;
  private int alone;

  private record Item(long mark, Notice notice) {}

  /** Is told how it goes, to count and to log. */
  public interface Witness {
    /** They have arrived. */
    void delivered(List<Notice> notices);

    /** They have not; they are tried again after the pause. */
    void again(Delivery.Again why, Duration pause, int waiting);

    /** Nobody will ever take it. */
    void refused(Notice notice, String says);
  }

  public Courier(Sink sink, Witness witness) {
    this(sink, witness, System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
  }

  Courier(Sink sink, Witness witness, LongSupplier nanos, DoubleSupplier chance) {
    this.sink = sink;
    this.witness = witness;
    this.nanos = nanos;
    this.dueNanos = nanos.getAsLong();
    this.chance = chance;
  }

  /**
   * Takes a notice to deliver.
   *
   * @param mark where it came from: the offset of its record, or {@link #HELD_BACK}
   */
  public void add(long mark, Notice notice) {
    queue.add(new Item(mark, notice));
  }

  public int waiting() {
    return queue.size();
  }

  /** Whether the last attempt failed. */
  public boolean isFailing() {
    return failing;
  }

  /** The mark of the tenant's first notice that has not arrived; empty if all have. */
  public Optional<Long> firstWaiting(Tenant tenant) {
    return marks(tenant).filter(it -> it != HELD_BACK).findFirst();
  }

  /** Whether something of the tenant's waits that had been held back. */
  public boolean isHeldBackWaiting(Tenant tenant) {
    return marks(tenant).anyMatch(it -> it == HELD_BACK);
  }

  private Stream<Long> marks(Tenant tenant) {
    return queue.stream().filter(it -> it.notice().tenant().equals(tenant)).map(Item::mark);
  }

  /** Another one tells this tenant's findings from now on. */
  public void forget(Tenant tenant) {
    queue.removeIf(it -> it.notice().tenant().equals(tenant));
  }

  /**
   * Tries once, if it is time.
   *
   * @return whether something has left the queue
   */
  public boolean attempt() throws InterruptedException {
    if (queue.isEmpty() || !isDue()) {
      return false;
    }
    List<Notice> batch = batch();
    Delivery delivery = deliver(batch);
    if (delivery instanceof Delivery.Again again) {
      later(again);
      return false;
    }
    settle();
    if (delivery instanceof Delivery.Refused refused) {
      if (batch.size() > 1) {
        alone = batch.size();
        return false;
      }
      witness.refused(batch.get(0), refused.says());
    } else {
      witness.delivered(batch);
    }
    alone = Math.max(0, alone - batch.size());
    batch.forEach(it -> queue.remove());
    return true;
  }

  /** Tells again what was told, outside of the queue; what does not arrive is told next time. */
  public void repeat(List<Notice> notices) throws InterruptedException {
    if (!queue.isEmpty() || !isDue()) {
      return;
    }
    for (int from = 0; from < notices.size(); from += sink.most()) {
      List<Notice> batch = notices.subList(from, Math.min(notices.size(), from + sink.most()));
      if (deliver(batch) instanceof Delivery.Again again) {
        later(again);
        return;
      }
      settle();
    }
  }

  /** A fault of ours in one notice must not stop all that come after it. */
  private Delivery deliver(List<Notice> batch) throws InterruptedException {
    try {
      return sink.deliver(batch);
    } catch (RuntimeException fault) {
      return new Delivery.Refused("a fault of wgwhy itself: " + fault.getClass().getSimpleName());
    }
  }

  private boolean isDue() {
    return nanos.getAsLong() - dueNanos >= 0;
  }

  private List<Notice> batch() {
    int most = alone > 0 ? 1 : Math.max(1, sink.most());
    List<Notice> batch = new ArrayList<>();
    for (Item item : queue) {
      if (batch.size() == most) {
        break;
      }
      batch.add(item.notice());
    }
    return batch;
  }

  private void later(Delivery.Again again) {
    failing = true;
    Duration doubled = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    // Receivers that failed together are not asked again together.
    Duration wait =
        Duration.ofMillis((long) (pause.toMillis() * (0.8 + 0.4 * chance.getAsDouble())));
    @Nullable Duration wanted = again.notBefore();
    if (wanted != null && wanted.compareTo(wait) > 0) {
      wait = wanted;
    }
    dueNanos = nanos.getAsLong() + wait.toNanos();
    witness.again(again, wait, queue.size());
  }

  private void settle() {
    failing = false;
    pause = Duration.ZERO;
  }
}
