package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What engines made of a {@link Supply}, as a reader of what is committed sees it. */
final class Outcome {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Map<String, Object> client;
  private final Tenant tenant;

  Outcome(Map<String, Object> client, Tenant tenant) {
    this.client = client;
    this.tenant = tenant;
  }

  /**
   * Waits until all of a finished supply is dealt with: no finding may be lost, none be told twice,
   * and what is said last of each must be what a run without interruption says.
   *
   * <p>Not to the byte: while facts do not come, time passes all the same, so that what holds may
   * be told sooner than by the facts' own time, and what held for a moment only may be told at all.
   * It is resolved then.
   */
  void requireThatOf(Supply supply) throws Exception {
    awaitCommitted(supply.sent());
    Map<String, String> expected = gist(supply.expected());
    var findings =
        Readings.until(
            client, tenant.findings(), PATIENCE, it -> differences(expected, it).isEmpty());
    assertThat(differences(expected, findings)).as("the last of each finding").isEmpty();
    assertThat(findings)
        .as("findings, by their event's id")
        .extracting(it -> header(it, "ce_id"))
        .doesNotHaveDuplicates();
    requireThatNoneGoesBack(findings);
    var letters =
        Readings.until(client, tenant.deadLetters(), PATIENCE, it -> it.size() >= supply.bad());
    assertThat(letters)
        .as("dead letters, by where they came from")
        .hasSize((int) supply.bad())
        .extracting(it -> header(it, "partition") + "@" + header(it, "offset"))
        .doesNotHaveDuplicates();
    System.err.printf(
        "%,d facts: %d findings, told in %d events, and %d dead letters; none lost or doubled%n",
        supply.sent(), expected.size(), findings.size(), letters.size());
  }

  private static void requireThatNoneGoesBack(List<ConsumerRecord<String, String>> all) {
    var latest = new HashMap<String, Instant>();
    for (var event : all) {
      Instant time = Instant.parse(header(event, "ce_time"));
      Instant before = latest.put(event.key(), time);
      assertThat(before == null || !time.isBefore(before)).as("%s goes back", event.key()).isTrue();
    }
  }

  /** Of each finding where what was said last is not what is expected: both. */
  private static Map<String, String> differences(
      Map<String, String> expected, List<ConsumerRecord<String, String>> events) {
    var last = gist(last(events));
    var differences = new TreeMap<String, String>();
    expected.forEach(
        (id, wanted) -> {
          String said = last.remove(id);
          if (!wanted.equals(said)) {
            differences.put(id, "said: " + said + ", wanted: " + wanted);
          }
        });
    last.forEach(
        (id, said) -> {
          if (!said.startsWith("resolved")) {
            differences.put(id, "said: " + said + ", wanted: nothing");
          }
        });
    return differences;
  }

  /** What matters to people, by id. */
  private static Map<String, String> gist(Map<String, String> findings) {
    var gist = new TreeMap<String, String>();
    findings.forEach(
        (id, json) -> {
          try {
            var it = Json.finding(json.getBytes(UTF_8));
            gist.put(
                id,
                "%s %s %s %s of %s, %d"
                    .formatted(
                        it.state().name().toLowerCase(Locale.ROOT),
                        it.cause(),
                        it.confidence(),
                        it.severity(),
                        it.network(),
                        it.affected()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return gist;
  }

  private static Map<String, String> last(List<ConsumerRecord<String, String>> events) {
    var last = new TreeMap<String, String>();
    events.forEach(it -> last.put(it.key(), it.value()));
    return last;
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  /** Waits until so many facts are dealt with for good; not for an engine that stands still. */
  void awaitCommitted(long facts) throws Exception {
    long most = -1;
    long end = 0;
    for (long now = committed(); now < facts; now = committed()) {
      if (now > most) {
        most = now;
        end = System.nanoTime() + PATIENCE.toNanos();
      }
      assertThat(System.nanoTime()).as("goes on: %d of %d", now, facts).isLessThan(end);
      Thread.sleep(20);
    }
  }

  /** How many records of the tenant's facts topic are dealt with for good. */
  long committed() throws InterruptedException {
    try (var admin = Admin.create(new HashMap<>(client))) {
      return admin
          .listConsumerGroupOffsets(EngineProcess.NAME)
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .filter(it -> it.getKey().topic().equals(tenant.facts()))
          .mapToLong(it -> it.getValue().offset())
          .sum();
    } catch (ExecutionException e) {
      // A broker that has just come back may not know yet.
      return -1;
    }
  }
}
