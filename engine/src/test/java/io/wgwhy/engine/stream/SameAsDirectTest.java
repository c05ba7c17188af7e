package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.finding.Finding;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a stream of facts leaves on the findings topic is what a session says that gets them
 * directly, to the byte: however commits, restarts and evictions cut the stream.
 */
class SameAsDirectTest {
  /** So long that whatever holds is told. */
  private static final Duration SETTLED = Duration.ofSeconds(10);

  static Stream<Recorded> recordings() {
    return Recorded.all();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void streamed(Recorded recording) {
    try (var driver = new Driver(10)) {
      driver.send("acme", "home", recording.facts());
      driver.pass(SETTLED);
      assertThat(last(driver)).isEqualTo(directly(recording.facts()));
      assertThat(driver.deadLetters("acme")).isEmpty();
    }
  }

  /** Commits come after every record; a crash in the midst of a moment, at every hundredth. */
  @ParameterizedTest
  @MethodSource("recordings")
  void crashed_and_restarted_again_and_again(Recorded recording) {
    var found = new TreeMap<String, String>();
    List<Fact> facts = recording.facts();
    Driver driver = new Driver(10);
    for (int i = 0; i < facts.size(); i++) {
      driver.send("acme", "home", facts.subList(i, i + 1));
      if (i % 101 == 100) {
        found.putAll(last(driver));
        driver = restarted(driver);
        driver.pass(Duration.ofSeconds(1));
      }
    }
    driver.pass(SETTLED);
    found.putAll(last(driver));
    driver.close();
    assertThat(found).isEqualTo(directly(facts));
  }

  /** Two networks take turns in a cache for one. */
  @Test
  void evicted_again_and_again() {
    List<Fact> one = Recorded.named("srv-fw-nft-policy-drop").facts();
    List<Fact> other = Recorded.named("nat-timeout-same-port").facts();
    try (var driver = new Driver(1)) {
      for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
        send(driver, "home", one, i);
        send(driver, "office", other, i);
      }
      driver.pass(SETTLED);
      var expected = directly("home", one);
      expected.putAll(directly("office", other));
      assertThat(last(driver)).isEqualTo(expected);
    }
  }

  private static void send(Driver driver, String network, List<Fact> facts, int i) {
    boolean endsMoment =
        i + 1 < facts.size()
            && (facts.get(i + 1).at() != facts.get(i).at()
                || !facts.get(i + 1).host().equals(facts.get(i).host()));
    if (i < facts.size()) {
      driver.send("acme", network, facts.subList(i, i + 1));
    }
    if (endsMoment) {
      driver.quiet();
    }
  }

  /** A new engine over what the old one had committed. */
  private static Driver restarted(Driver old) {
    var contents = new HashMap<String, Map<String, byte[]>>();
    List<String> stores = Store.PARTS;
    for (String store : stores) {
      var entries = new HashMap<String, byte[]>();
      try (var all = old.store(store).all()) {
        all.forEachRemaining(entry -> entries.put(entry.key, entry.value));
      }
      contents.put(store, entries);
    }
    old.close();
    var anew = new Driver(10);
    contents.forEach((store, entries) -> entries.forEach(anew.store(store)::put));
    return anew;
  }

  private static Map<String, String> last(Driver driver) {
    var last = new TreeMap<String, String>();
    driver.findings("acme").forEach(it -> last.put(it.key(), it.value()));
    return last;
  }

  private static Map<String, String> directly(List<Fact> facts) {
    return directly("home", facts);
  }

  /** The last that is said under each id; what is open at last is what the session shows. */
  static Map<String, String> directly(String network, List<Fact> facts) {
    return directly("acme", network, facts);
  }

  static Map<String, String> directly(String tenant, String network, List<Fact> facts) {
    try (var session = Driver.builtIn().open(tenant, network)) {
      facts.forEach(session::accept);
      var last = new TreeMap<String, String>();
      session.conclude().forEach(it -> last.put(it.id(), json(it)));
      // Nothing more comes, and time goes on.
      session.tick(0);
      session.tick(SETTLED.toMillis());
      session.concluded().forEach(it -> last.put(it.id(), json(it)));
      assertThat(session.findings())
          .allSatisfy(it -> assertThat(last).containsEntry(it.id(), json(it)));
      return last;
    }
  }

  private static String json(Finding finding) {
    return new String(Json.bytes(finding), UTF_8);
  }
}
