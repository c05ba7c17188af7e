package io.wgwhy.cli.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Findings on a topic, as an engine would put them there. */
final class Published implements AutoCloseable {
  static final Tenant ACME = new Tenant("acme");

  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private final KafkaProducer<byte[], byte[]> producer;

  Published(Map<String, Object> client) {
    producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
  }

  Finding open(String id) throws Exception {
    Finding finding = finding(id);
    publish(finding);
    return finding;
  }

  Finding open(String id, String cause) throws Exception {
    Finding finding = finding(id, cause);
    publish(finding);
    return finding;
  }

  void resolve(Finding finding) throws Exception {
    publish(finding.resolved(Instant.now()));
  }

  void publish(Finding finding) throws Exception {
    send(finding.id(), JSON.writeValueAsBytes(finding));
  }

  void send(String key, byte[] value) throws Exception {
    producer
        .send(new ProducerRecord<>(ACME.findings(), key.getBytes(UTF_8), value))
        .get(10, TimeUnit.SECONDS);
  }

  static Finding finding(String id) {
    return finding(id, "udp-port-blocked-by-host-firewall");
  }

  private static Finding finding(String id, String cause) {
    Finding it = Sample.of("acme", Severity.CRITICAL, Confidence.CONFIRMED, Instant.now());
    return new Finding(
        id,
        it.tenant(),
        it.network(),
        it.state(),
        cause,
        it.title(),
        it.confidence(),
        it.severity(),
        it.subject(),
        "no-handshake",
        it.affected(),
        it.evidence(),
        it.path(),
        it.checklist(),
        it.alternatives(),
        it.nextObservation(),
        it.remedy(),
        it.rule(),
        it.openedAt(),
        it.updatedAt(),
        null);
  }

  @Override
  public void close() {
    producer.close();
  }
}
