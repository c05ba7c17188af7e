package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A steady stream of one tenant's facts, from a thread of its own: recordings side by side, each in
 * a network, again and again in others, until it is told to finish. Between them is what must be
 * refused. It knows what must come of it.
 */
final class Supply implements AutoCloseable {

  /** Some that open, change their mind, and resolve; one that stays healthy. */
  private static final List<Recorded> RECORDINGS =
      List.of(
          Recorded.named("nat-timeout-same-port"),
          Recorded.named("psk-different"),
          Recorded.named("listen-port-in-use"),
          Recorded.named("wrong-endpoint-public-dead"),
          Recorded.named("server-process-dead"),
          Recorded.named("healthy-firewalled"));

  /** One record of nonsense after so many moments of each recording. */
  private static final int NONSENSE_EVERY = 10;

  private final Tenant tenant;
  private final Duration pause;
  private final FactPublisher publisher;
  private final Producer<byte[], byte[]> nonsense;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong bad = new AtomicLong();
  private final Thread thread;
  private volatile boolean finish;
  private volatile int rounds;
  private volatile Throwable failure;

  private Supply(Map<String, Object> client, Tenant tenant, Duration pause) {
    this.tenant = tenant;
    this.pause = pause;
    this.publisher = new FactPublisher(client);
    this.nonsense =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    this.thread = new Thread(this::publish, "supply");
  }

  /**
   * Begins.
   *
   * @param pause between moments
   */
  static Supply of(Map<String, Object> client, Tenant tenant, Duration pause) {
    var supply = new Supply(client, tenant, pause);
    supply.thread.start();
    return supply;
  }

  /** How many records it has published. */
  long sent() {
    return sent.get();
  }

  /** How many of them must be refused. */
  long bad() {
    return bad.get();
  }

  /** Lets recordings that have begun come to their end; what was published is delivered then. */
  void finish() throws InterruptedException {
    finish = true;
    thread.join();
    if (failure != null) {
      throw new AssertionError("The supply has failed", failure);
    }
  }

  /** By id the last that sessions say which get the facts directly. */
  Map<String, String> expected() {
    var expected = new TreeMap<String, String>();
    for (int round = 0; round < rounds; round++) {
      for (Recorded recording : RECORDINGS) {
        expected.putAll(
            SameAsDirectTest.directly(tenant.name(), network(recording, round), recording.facts()));
      }
    }
    return expected;
  }

  @Override
  public void close() throws InterruptedException {
    finish = true;
    thread.interrupt();
    thread.join();
    publisher.close();
    nonsense.close();
  }

  private void publish() {
    try {
      do {
        publishAll(rounds);
        rounds++;
      } while (!finish);
      publisher.flush();
      nonsense.flush();
    } catch (InterruptedException | RuntimeException e) {
      failure = e;
    }
  }

  private void publishAll(int round) throws InterruptedException {
    boolean more = true;
    for (int moment = 0; more; moment++) {
      more = false;
      for (Recorded recording : RECORDINGS) {
        List<List<Fact>> moments = moments(recording.facts());
        if (moment < moments.size()) {
          publisher.publish(tenant, network(recording, round), moments.get(moment));
          sent.addAndGet(moments.get(moment).size());
          more = true;
        }
      }
      if (moment % NONSENSE_EVERY == 0) {
        byte[] key = network(RECORDINGS.get(0), round).getBytes(UTF_8);
        nonsense.send(new ProducerRecord<>(tenant.facts(), key, "{nonsense".getBytes(UTF_8)));
        sent.incrementAndGet();
        bad.incrementAndGet();
      }
      Thread.sleep(pause.toMillis());
    }
  }

  private static String network(Recorded recording, int round) {
    return recording.name() + "-" + round;
  }

  private static List<List<Fact>> moments(List<Fact> facts) {
    var moments = new ArrayList<List<Fact>>();
    Fact before = null;
    for (Fact fact : facts) {
      if (before == null || before.at() != fact.at() || !before.host().equals(fact.host())) {
        moments.add(new ArrayList<>());
      }
      moments.get(moments.size() - 1).add(fact);
      before = fact;
    }
    return moments;
  }
}
