package io.wgwhy.connectors.kafka;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Facts on their way to a broker that may be away: a queue bounded by its size, sent in order, one
 * chunk at a time. What does not fit is given up, the oldest first, and counted; whoever fills the
 * queue is told when somebody listens again, to say everything anew.
 */
public final class FactOutbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FactOutbox.class);

  /** What is handed to the producer at once: one batch of it. */
  private static final int CHUNK = 48 * 1024;

  /** A broker takes records of 1 MiB (its default), headers and all. */
  private static final int MOST_FACT = 1_000_000;

  /** Until a chunk that was refused is tried again. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** After that a broker is called away; most of its pauses are shorter. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** How long the last words may take when it is closed. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Supplier<FactPublisher> publishers;
  private final Duration pause;
  private final Tenant tenant;
  private final String network;
  private final long mostBytes;
  private final Runnable beginAnew;
  private final ArrayDeque<List<WrittenFact>> queue = new ArrayDeque<>();

  /** The sender's own. */
  private @Nullable FactPublisher publisher;

  private final Thread sender = new Thread(this::send, "outbox");
  private long queuedBytes;
  private long sent;
  private long dropped;
  private long tooLarge;
  private long droppedTold;
  private boolean busy;
  private boolean closing;
  private boolean stopped;
  private long busySince;

  /**
   * How it goes.
   *
   * @param sent facts that the broker has acknowledged
   * @param waiting bytes that wait
   * @param dropped facts that were given up
   */
  public record Figures(long sent, long waiting, long dropped) {}

  /**
   * @param client how to reach Kafka; it need not be there yet
   * @param mostBytes how much may wait
   * @param clock is set by what the broker acknowledges
   * @param beginAnew is called when facts were given up and somebody listens again
   */
  public FactOutbox(
      Map<String, Object> client,
      Tenant tenant,
      String network,
      long mostBytes,
      BrokerClock clock,
      Runnable beginAnew) {
    this(
        () -> new FactPublisher(patient(client), clock),
        PAUSE,
        tenant,
        network,
        mostBytes,
        beginAnew);
  }

  /**
   * @param publishers makes one whenever the last has failed
   */
  FactOutbox(
      Supplier<FactPublisher> publishers,
      Duration pause,
      Tenant tenant,
      String network,
      long mostBytes,
      Runnable beginAnew) {
    this.publishers = publishers;
    this.pause = pause;
    this.tenant = tenant;
    this.network = network;
    this.mostBytes = mostBytes;
    this.beginAnew = beginAnew;
    sender.setDaemon(true);
    sender.start();
  }

  /** The producer itself repeats, in order and without doubles, for as long as it takes. */
  private static Map<String, Object> patient(Map<String, Object> client) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    // A small host's memory: never more than one chunk is in it.
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4 * 1024 * 1024L);
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
    settings.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 2_000);
    settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    settings.putAll(client);
    return settings;
  }

  /** Queues facts; those of one moment must come together. Never waits. */
  public synchronized void add(List<Fact> facts) {
    List<WrittenFact> written = WrittenFact.of(facts);
    boolean fit = written.stream().allMatch(it -> it.json().length <= MOST_FACT);
    if (!fit) {
      written = WrittenFact.of(withoutTooLarge(facts, written));
    }
    if (closing || written.isEmpty()) {
      return;
    }
    queue.add(written);
    queuedBytes += size(written);
    // The first is on its way already.
    while (queuedBytes > mostBytes && queue.size() > (busy ? 2 : 1)) {
      drop();
    }
    notifyAll();
  }

  private List<Fact> withoutTooLarge(List<Fact> facts, List<WrittenFact> written) {
    List<Fact> fitting = new ArrayList<>();
    for (int i = 0; i < facts.size(); i++) {
      if (written.get(i).json().length <= MOST_FACT) {
        fitting.add(facts.get(i));
      } else {
        tooLarge++;
        LOG.warn("{} is too large to be sent", facts.get(i).getClass().getSimpleName());
      }
    }
    return fitting;
  }

  private void drop() {
    List<WrittenFact> first = busy ? queue.remove() : null;
    List<WrittenFact> oldest = queue.remove();
    if (first != null) {
      queue.addFirst(first);
    }
    queuedBytes -= size(oldest);
    dropped += oldest.size();
  }

  private static long size(List<WrittenFact> written) {
    return written.stream().mapToLong(WrittenFact::size).sum();
  }

  private void send() {
    try {
      for (List<WrittenFact> chunk = next(); chunk != null; chunk = next()) {
        settle(deliver(chunk));
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      hangUp();
      synchronized (this) {
        stopped = true;
        notifyAll();
      }
    }
  }

  /** Waits for something to send; null when there is nothing left, and nothing to come. */
  private synchronized @Nullable List<WrittenFact> next() throws InterruptedException {
    while (queue.isEmpty()) {
      if (closing) {
        return null;
      }
      wait();
    }
    List<WrittenFact> chunk = new ArrayList<>(queue.remove());
    long bytes = size(chunk);
    while (!queue.isEmpty() && bytes + size(queue.peek()) <= CHUNK) {
      bytes += size(queue.peek());
      chunk.addAll(queue.remove());
    }
    // In its place as long as it is not delivered: it counts against the bound.
    queue.addFirst(chunk);
    busy = true;
    busySince = System.nanoTime();
    return chunk;
  }

  /**
   * Until a broker has taken it.
   *
   * @return false when none ever will, and those behind it must not wait
   */
  private boolean deliver(List<WrittenFact> chunk) throws InterruptedException {
    for (boolean told = false; ; told = true) {
      try {
        if (publisher == null) {
          publisher = publishers.get();
        }
        publisher.send(tenant, network, chunk);
        publisher.flush();
        return true;
      } catch (KafkaException | OutOfMemoryError refused) {
        // A small host's heap may be full for a moment: nobody else would send what waits.
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LOG.atLevel(told ? Level.DEBUG : Level.WARN)
            .log("Kafka does not take facts, they wait: {}", refused.getMessage());
        hangUp();
        Thread.sleep(pause.toMillis());
      } catch (RuntimeException fault) {
        LOG.error("{} facts cannot be sent: {}", chunk.size(), fault.getClass().getSimpleName());
        LOG.debug("Facts cannot be sent", fault);
        hangUp();
        return false;
      }
    }
  }

  /** A producer that has failed may not be usable any more. */
  private void hangUp() {
    try {
      if (publisher != null) {
        publisher.close(Duration.ZERO);
      }
    } catch (KafkaException interrupted) {
      LOG.debug("The producer could not be closed in peace");
    }
    publisher = null;
  }

  private void settle(boolean delivered) {
    boolean gap;
    synchronized (this) {
      List<WrittenFact> chunk = queue.remove();
      busy = false;
      queuedBytes -= size(chunk);
      if (delivered) {
        sent += chunk.size();
      } else {
        dropped += chunk.size();
      }
      gap = dropped > droppedTold;
      tellPause(gap);
      droppedTold = dropped;
      notifyAll();
    }
    if (gap) {
      beginAnew.run();
    }
  }

  private void tellPause(boolean gap) {
    Duration pause = Duration.ofNanos(System.nanoTime() - busySince);
    if (pause.compareTo(SILENCE) > 0 || gap) {
      LOG.warn(
          "Kafka listens again after {} s: {} bytes wait, {} facts had to be given up",
          pause.toSeconds(),
          queuedBytes,
          dropped - droppedTold);
    }
  }

  /** How it goes. */
  public synchronized Figures figures() {
    return new Figures(sent, queuedBytes, dropped + tooLarge);
  }

  /**
   * Waits until nothing is queued any more.
   *
   * @return false when that took too long
   */
  public synchronized boolean await(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!queue.isEmpty() && !stopped) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return queue.isEmpty();
  }

  /** Sends what is queued, for a few seconds; what is left then is lost, and told. */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      if (!await(LAST_WORDS)) {
        LOG.warn("Kafka is away: {} bytes of facts are given up", figures().waiting());
        sender.interrupt();
      }
      sender.join(LAST_WORDS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
