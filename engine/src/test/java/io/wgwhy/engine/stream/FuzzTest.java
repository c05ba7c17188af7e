package io.wgwhy.engine.stream;

import static io.wgwhy.engine.stream.Driver.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Fact;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Spoilt records among good ones, in one partition: nothing stops, nothing is lost, and the good
 * neighbour's findings are what they are without them. {@code -Dfuzz=1000000} tries more.
 */
class FuzzTest {
  private static final int FEW = 3_000;
  private static final int MANY = Integer.getInteger("fuzz", 50_000);
  private static final List<String> TENANTS = List.of("acme", "acme-2", "globex");

  @Test
  void every_record_is_processed_or_refused_and_good_neighbours_notice_nothing() {
    everyRecordIsProcessedOrRefused(FEW);
  }

  @Tag("slow")
  @Test
  void the_same_with_many() {
    everyRecordIsProcessedOrRefused(MANY);
  }

  private static void everyRecordIsProcessedOrRefused(int records) {
    List<byte[]> real =
        Recorded.all().flatMap(it -> it.facts().stream()).map(Json::bytes).distinct().toList();
    var mutations = new Mutations(new Random(7), real);
    List<Fact> good = Recorded.named("nat-timeout-same-port").facts();
    var letters = new TreeMap<String, Integer>();
    var last = new TreeMap<String, String>();
    int sent = 0;
    try (var driver = new Driver(100)) {
      for (int i = 0; i < records; i++) {
        String tenant = TENANTS.get(i % TENANTS.size());
        driver.send(tenant, mutations.key(), mutations.next(), new RecordHeaders());
        sent++;
        // The good one's moments go on among them.
        int due = (int) ((long) good.size() * i / records);
        int next = (int) ((long) good.size() * (i + 1) / records);
        driver.send("acme", "good", good.subList(due, next));
        sent += next - due;
        if (i % 1_000 == 0) {
          read(driver, letters, last);
        }
      }
      // Moments of sessions that had to leave are ended by those that take their places.
      driver.pass(Duration.ofMinutes(2));
      read(driver, letters, last);

      int refused = letters.values().stream().mapToInt(Integer::intValue).sum();
      System.err.printf(
          "%,d sent, %,d processed, refused: %s%n",
          sent, driver.figure("wgwhy.facts.processed"), letters);
      assertThat(driver.figure("wgwhy.facts.received")).isEqualTo(sent);
      assertThat(driver.figure("wgwhy.refusals")).as("dead letters").isEqualTo(refused);
      assertThat(driver.figure("wgwhy.facts.processed") + refused).isEqualTo(sent);
      assertThat(letters).hasSizeGreaterThan(6);
      assertThat(last).isEqualTo(SameAsDirectTest.directly("good", good));
    }
  }

  private static void read(Driver driver, Map<String, Integer> letters, Map<String, String> last) {
    driver.forgetChangelogs();
    for (String tenant : TENANTS) {
      driver
          .deadLetters(tenant)
          .forEach(it -> letters.merge(header(it, "refusal"), 1, Integer::sum));
      driver.findings(tenant).stream()
          .filter(it -> it.value().contains("\"network\":\"good\""))
          .forEach(it -> last.put(it.key(), it.value()));
    }
  }
}
