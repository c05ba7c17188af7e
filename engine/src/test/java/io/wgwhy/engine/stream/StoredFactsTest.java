package io.wgwhy.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.WgPeer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is remembered is what was said, to the last number. */
class StoredFactsTest {
  private static final Endpoint HERE = new Endpoint("198.51.100.1", 51820);
  private static final Endpoint THERE = new Endpoint("198.51.100.2", 51820);

  private final Random random = new Random(1);

  static Stream<Recorded> recordings() {
    return Recorded.all();
  }

  /** All that was ever said of one thing, as if none of it were forgotten. */
  @ParameterizedTest
  @MethodSource("recordings")
  void recorded(Recorded recording) {
    recording.facts().stream()
        .collect(Collectors.groupingBy(Fact::identity))
        .values()
        .forEach(
            it ->
                assertThat(StoredFacts.samples(StoredFacts.stored(it, List.of(), null).bytes()))
                    .isEqualTo(it));
  }

  @Test
  void numbers_of_any_size_known_or_not_and_endpoints_that_move() {
    List<Fact> samples = new ArrayList<>();
    StoredFacts.Stored stored = null;
    for (int i = 0; i < 500; i++) {
      if (samples.size() > 30) {
        samples.remove(random.nextInt(samples.size()));
      }
      samples.add(peer(random.nextInt(9) == 0 ? THERE : HERE));
      stored =
          stored == null
              ? StoredFacts.stored(samples, List.of(), null)
              : StoredFacts.stored(samples, stored.basis(), stored.bytes());
      assertThat(StoredFacts.samples(stored.bytes())).isEqualTo(samples);
    }
  }

  @Test
  void forty_samples_of_a_busy_peer_take_little() {
    List<Fact> samples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      samples.add(
          new WgPeer(
              "gw",
              1_795_347_129_500L + i * 5_000,
              "wg0",
              "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
              7,
              PresharedKey.ABSENT,
              HERE,
              Answer.YES,
              List.of("10.0.0.2/32"),
              1_795_347_100L,
              29L + i * 5L,
              1_000_000L + i * 100_000L,
              9_000_000L + i * 1_000_000L,
              25));
    }
    assertThat(StoredFacts.stored(samples, List.of(), null).bytes()).hasSizeLessThan(1_200);
  }

  /** As versions before wrote them. */
  @Test
  void a_length_and_json_for_each_is_still_read() {
    var bytes = new ByteArrayOutputStream();
    List<Fact> facts = List.of(peer(HERE), peer(THERE), new HostClock("srv", 5, 3));
    for (Fact fact : facts) {
      byte[] json = Json.bytes(fact);
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(json.length).array());
      bytes.writeBytes(json);
    }
    assertThat(StoredFacts.samples(bytes.toByteArray())).isEqualTo(facts);
  }

  private WgPeer peer(Endpoint endpoint) {
    return new WgPeer(
        "gw",
        number() & Long.MAX_VALUE,
        "wg0",
        "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
        7,
        PresharedKey.ABSENT,
        endpoint,
        Answer.YES,
        List.of("10.0.0.2/32"),
        maybe(),
        maybe(),
        maybe(),
        maybe(),
        25);
  }

  private Long maybe() {
    return random.nextInt(4) == 0 ? null : number();
  }

  private long number() {
    return random.nextLong() >> random.nextInt(64);
  }
}
