package io.wgwhy.connectors.sink.dispatch;

import io.wgwhy.connectors.sink.Delivery;
import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.facts.Tenant;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
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
  private int repeatedAlone;

  /** What was refused when it was repeated in this round: it is said once. */
  private Set<String> unwanted = new HashSet<>();

  /** The same of the round before; what is over is in neither. */
  private Set<String> unwantedBefore = Set.of();

  /**
   * @param offset of the record that it came by; empty for what a silence had held back, or was
   *     there before the receiver was
   */
  private record Item(OptionalLong offset, Notice notice) {}

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
   * @param offset of the record that it came by
   */
  public void add(long offset, Notice notice) {
    queue.add(new Item(OptionalLong.of(offset), notice));
  }

  /** The same of what a silence had held back, or was there before the receiver was. */
  public void addHeldBack(Notice notice) {
    queue.add(new Item(OptionalLong.empty(), notice));
  }

  public int waiting() {
    return queue.size();
  }

  /** Whether the last attempt failed. */
  public boolean isFailing() {
    return failing;
  }

  /** The offset of the tenant's first notice that has not arrived; empty if all have. */
  public OptionalLong firstWaiting(Tenant tenant) {
    return waiting(tenant)
        .map(Item::offset)
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  /** Whether something of the tenant's waits that had been held back. */
  public boolean isHeldBackWaiting(Tenant tenant) {
    return waiting(tenant).anyMatch(it -> it.offset().isEmpty());
  }

  private Stream<Item> waiting(Tenant tenant) {
    return queue.stream().filter(it -> it.notice().tenant().equals(tenant));
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

  /**
   * Another round of repetitions begins. What was refused, and was not repeated in the round that
   * ends, is over and forgotten: should it come again, that it is refused is news.
   */
  public void beginRepeating() {
    unwantedBefore = unwanted;
    unwanted = new HashSet<>();
  }

  /**
   * Tells again what was told, if it is time and nothing waits: as many of them as the sink takes
   * at once, so that news need not wait for all.
   *
   * @return how many of them, from the first on, are dealt with
   */
  public int repeat(List<Notice> notices) throws InterruptedException {
    if (notices.isEmpty() || !queue.isEmpty() || !isDue()) {
      return 0;
    }
    int most = repeatedAlone > 0 ? 1 : Math.max(1, sink.most());
    List<Notice> batch = notices.subList(0, Math.min(notices.size(), most));
    Delivery delivery = deliver(batch);
    if (delivery instanceof Delivery.Again again) {
      later(again);
      return 0;
    }
    settle();
    if (delivery instanceof Delivery.Refused refused) {
      if (batch.size() > 1) {
        repeatedAlone = batch.size();
        return 0;
      }
      String name = name(batch.get(0));
      if (unwanted.add(name) && !unwantedBefore.contains(name)) {
        witness.refused(batch.get(0), refused.says());
      }
    }
    repeatedAlone = Math.max(0, repeatedAlone - batch.size());
    return batch.size();
  }

  private static String name(Notice notice) {
    return notice.tenant() + " " + notice.finding().id();
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
