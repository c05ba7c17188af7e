package io.wgwhy.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One fault of a gateway takes ten thousand tunnels along: that is one thing to be told. */
class StormTest {
  private static final int TUNNELS = 10_000;
  private static final long START = 1_795_000_000_000L;
  private static final List<String> KEYS =
      IntStream.range(0, TUNNELS).mapToObj(StormTest::key).toList();

  private final List<Finding> told = new ArrayList<>();

  @Tag("slow")
  @Test
  void ten_thousand_tunnels_of_one_interface_are_one_finding_that_opens_and_is_resolved() {
    try (var session = NetworkSession.hasty("acme", "home", RuleBook.builtIn())) {
      for (int i = 0; i <= 12; i++) {
        long at = START + i * 5_000;
        send(session, links(at, true));
        send(session, dump(at, i));
      }
      assertThat(told).as("all is well").isEmpty();

      long started = System.nanoTime();
      send(session, links(START + 62_000, false));
      long took = (System.nanoTime() - started) / 1_000_000;
      System.err.printf("%,d tunnels down: told after %d ms%n", TUNNELS, took);
      assertThat(told)
          .singleElement()
          .satisfies(
              it -> {
                assertThat(it.state()).isEqualTo(Finding.State.OPEN);
                assertThat(it.cause()).isEqualTo("interface-down");
                assertThat(it.affected()).isEqualTo(TUNNELS);
              });

      told.clear();
      send(session, links(START + 70_000, true));
      assertThat(told).extracting(Finding::state).containsExactly(Finding.State.RESOLVED);
    }
  }

  private void send(NetworkSession session, List<Fact> moment) {
    moment.forEach(session::accept);
    told.addAll(session.conclude());
  }

  private static List<Fact> links(long at, boolean up) {
    return List.of(new Links("gw", at, List.of(new Links.Link("wg0", Answer.of(up), 1420, null))));
  }

  private static List<Fact> dump(long at, int round) {
    List<Fact> moment = new ArrayList<>();
    moment.add(new WgInventory("gw", at + 1, List.of(new WgInventory.Device("wg0", KEYS))));
    moment.add(new WgInterface("gw", at + 1, "wg0", key(-1), 51820, 0));
    for (int i = 0; i < TUNNELS; i++) {
      moment.add(
          new WgPeer(
              "gw",
              at + 1,
              "wg0",
              KEYS.get(i),
              i,
              PresharedKey.ABSENT,
              new Endpoint("198.51.100." + (1 + i % 250), 1024 + i),
              Answer.YES,
              List.of("10.%d.%d.2/32".formatted(i / 250, i % 250)),
              START / 1000,
              at / 1000 - START / 1000,
              1_000L + round * 10_000L,
              1_000L + round * 90_000L,
              0));
    }
    return moment;
  }

  /** Looks like a key, and is unique. */
  private static String key(int peer) {
    String name = "%-32s".formatted("peer " + peer);
    return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.US_ASCII));
  }
}
