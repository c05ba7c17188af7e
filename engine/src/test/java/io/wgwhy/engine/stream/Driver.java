package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Tenant;
import io.wgwhy.rules.RuleBook;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The topology without a broker; commits after every record. */
final class Driver implements AutoCloseable {

  private static final RuleBook RULES = RuleBook.builtIn();

  final List<String> prepared = new ArrayList<>();
  final Departed departed = new Departed();
  final SimpleMeterRegistry figures = new SimpleMeterRegistry();
  final Figures counts = new Figures(figures);
  final Allowance allowance;
  private final TopologyTestDriver driver;

  Driver(int mostSessions) {
    this(mostSessions, builtIn());
  }

  Driver(int mostSessions, Opening opening) {
    this(mostSessions, opening, Long.MAX_VALUE);
  }

  /**
   * @param tenantBytes how much is kept of a tenant
   */
  Driver(int mostSessions, Opening opening, long tenantBytes) {
    allowance = new Allowance(tenantBytes, counts);
    var topology =
        Diagnosing.topology(
            opening,
            t -> prepared.add(t.name()),
            counts,
            mostSessions,
            new Aside(Clock.systemUTC()),
            allowance,
            departed);
    var settings = new Properties();
    settings.put("application.id", "test");
    settings.put("bootstrap.servers", "none:1");
    driver = new TopologyTestDriver(topology, settings);
  }

  static Opening builtIn() {
    return (tenant, network) -> new NetworkSession(tenant, network, RULES);
  }

  void send(String tenant, String network, byte[] value) {
    send(tenant, network, value, new RecordHeaders());
  }

  void send(String tenant, String network, byte[] value, Headers headers) {
    send(tenant, network == null ? null : network.getBytes(UTF_8), value, headers);
  }

  void send(String tenant, byte[] key, byte[] value, Headers headers) {
    driver
        .createInputTopic(
            new Tenant(tenant).facts(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, headers));
  }

  /**
   * @param time of the record
   */
  void send(String tenant, String network, byte[] value, long time) {
    driver
        .createInputTopic(
            new Tenant(tenant).facts(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(network.getBytes(UTF_8), value, time);
  }

  /** The sum of a counter, or of a gauge, whatever its labels. */
  long figure(String name) {
    return figures.find(name).meters().stream()
        .mapToLong(it -> (long) it.measure().iterator().next().getValue())
        .sum();
  }

  /** Facts as a publisher sends them. */
  void send(String tenant, String network, List<Fact> facts) {
    facts.forEach(fact -> send(tenant, network, Json.bytes(fact)));
  }

  /** So long that the last moment is taken to be over. */
  void quiet() {
    pass(Reasoning.TICK.multipliedBy(3));
  }

  void pass(Duration time) {
    for (long tick = 0; tick < time.toMillis(); tick += Reasoning.TICK.toMillis()) {
      driver.advanceWallClockTime(Reasoning.TICK);
    }
  }

  List<TestRecord<String, String>> findings(String tenant) {
    return read(new Tenant(tenant).findings());
  }

  List<TestRecord<String, String>> deadLetters(String tenant) {
    return read(new Tenant(tenant).deadLetters());
  }

  /** A driver keeps all that was written to changelogs, until somebody reads it. */
  void forgetChangelogs() {
    driver.producedTopicNames().stream()
        .filter(it -> it.endsWith("-changelog"))
        .forEach(
            it ->
                driver
                    .createOutputTopic(it, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList());
  }

  KeyValueStore<String, byte[]> store(String name) {
    return driver.getKeyValueStore(name);
  }

  @Override
  public void close() {
    driver.close();
  }

  static String header(TestRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private List<TestRecord<String, String>> read(String topic) {
    return driver
        .createOutputTopic(topic, new StringDeserializer(), new StringDeserializer())
        .readRecordsToList();
  }
}
