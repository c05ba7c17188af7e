package io.wgwhy.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.RecordingReader;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** To skip what is calm, and to keep no Drools session for it, changes nothing that is said. */
class CalmTest {
  private static final RuleBook RULES = RuleBook.builtIn();
  private static final Path RECORDINGS = Path.of("..", "recordings");
  private static final Path SYMPTOMS = Path.of("..", "rules", "wireguard", "symptoms.drl");

  /** What Calm compares of a trend, and what never changes. */
  private static final Set<String> COMPARED =
      Set.of(
          "tunnel",
          "role",
          "condition",
          "handshake",
          "endpointReturned",
          "onlyKeepalivesSent",
          "renewedTooOften",
          "handshakes");

  static Stream<Path> recordings() throws IOException {
    try (var files = Files.list(RECORDINGS)) {
      return files.filter(it -> it.toString().endsWith(".jsonl")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void with_everything_that_was_seen(Path recording) throws IOException {
    same(read(recording, any -> true));
  }

  /** With counters alone most judgements are skipped. */
  @ParameterizedTest
  @MethodSource("recordings")
  void with_counters_alone(Path recording) throws IOException {
    same(
        read(
            recording,
            it -> it instanceof WgPeer || it instanceof WgInterface || it instanceof WgInventory));
  }

  /** Peers that are used, idle, trickle, roam, break, are made anew, in any order. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void with_fleets_that_do_anything(int seed) {
    var random = new Random(seed);
    var peers = new ArrayList<AnyPeer>();
    for (int i = 0; i < 8; i++) {
      peers.add(new AnyPeer(i, random));
    }
    var facts = new ArrayList<Fact>();
    int every = 2 + random.nextInt(14);
    for (int second = 0; second < 900; second += every) {
      long at = 1_795_000_000_000L + second * 1_000L;
      facts.add(new WgInterface("gw", at, "wg0", "own", 51820, 0));
      for (AnyPeer peer : peers) {
        facts.add(peer.seen(at));
      }
    }
    same(facts);
  }

  /** What a peer may do between two looks. */
  private static final class AnyPeer {
    private final int number;
    private final Random random;
    private long rx;
    private long tx;
    private long handshake;
    private int place;
    private int does;

    AnyPeer(int number, Random random) {
      this.number = number;
      this.random = random;
      this.does = random.nextInt(7);
      boolean everUsed = number > 0;
      this.rx = everUsed ? random.nextInt(1_000_000) : 0;
      this.tx = everUsed ? random.nextInt(1_000_000) : 0;
      this.handshake = everUsed ? 1_795_000_000L - random.nextInt(300) : 0;
    }

    WgPeer seen(long at) {
      does = random.nextInt(20) == 0 ? random.nextInt(7) : does;
      boolean used = number > 0 || random.nextInt(60) == 0;
      if (used && does < 2) {
        rx += random.nextInt(does == 0 ? 200_000 : 9_000);
        tx += random.nextInt(does == 0 ? 200_000 : 9_000);
        handshake = at / 1000 - handshake > 120 ? at / 1000 : handshake;
      } else if (used && does == 2) {
        rx += 32L * random.nextInt(2);
        tx += 92L * random.nextInt(3);
      } else if (used && does == 3) {
        tx += 148;
      } else if (used && does == 4 && random.nextInt(30) == 0) {
        place++;
        rx += 148;
      } else if (used && does == 5 && random.nextInt(90) == 0) {
        rx = 0;
        tx = 0;
        handshake = 0;
      }
      return new WgPeer(
          "gw",
          at,
          "wg0",
          "peer-" + number,
          number,
          PresharedKey.ABSENT,
          new Endpoint("198.51.100." + (1 + place % 3), 20_000 + number),
          Answer.YES,
          List.of("10.0.0." + number + "/32"),
          handshake,
          handshake == 0 ? null : Long.valueOf(at / 1000 - handshake),
          rx,
          tx,
          number % 3 == 0 ? 25 : 0);
    }
  }

  @Test
  void symptoms_look_at_nothing_else_of_a_trend() throws IOException {
    var trends = Pattern.compile("\\bTrend\\(([^)]*)\\)").matcher(Files.readString(SYMPTOMS));
    var names = new TreeSet<String>();
    while (trends.find()) {
      var fields = Pattern.compile("(?<![$\\w])(\\w+)\\s*(==|!=|<|>|,|$)").matcher(trends.group(1));
      while (fields.find()) {
        boolean isConstant = Character.isUpperCase(fields.group(1).charAt(0));
        if (!isConstant) {
          names.add(fields.group(1));
        }
      }
    }
    assertThat(names).isNotEmpty().isSubsetOf(COMPARED);
  }

  private static void same(List<Fact> facts) {
    var all = said(facts, /* skipsTheCalm= */ false, any -> {});
    assertThat(said(facts, true, any -> {})).isEqualTo(all);
    // As often as can be with a Drools session that another network has had in between.
    try (var other = new NetworkSession("umbrella", "home", RULES)) {
      var late = new ArrayDeque<Fact>();
      var lent =
          said(
              facts,
              /* skipsTheCalm= */ true,
              fact -> {
                late.add(fact);
                if (late.size() > 7) {
                  other.accept(late.remove());
                  other.rest();
                }
              });
      assertThat(lent).isEqualTo(all);
    }
  }

  private static List<Object> said(
      List<Fact> facts, boolean skipsTheCalm, Consumer<Fact> meanwhile) {
    var said = new ArrayList<>();
    try (var session = new NetworkSession("acme", "home", RULES, skipsTheCalm, 0)) {
      for (Fact fact : facts) {
        session.accept(fact);
        said.addAll(session.concluded());
        if (skipsTheCalm) {
          session.rest();
        }
        meanwhile.accept(fact);
      }
      List<Finding> last = session.conclude();
      said.addAll(last);
      said.addAll(session.view().healthy());
      // Of calm tunnels nothing is kept where rules look; who asks is shown all the same.
      said.add(Set.copyOf(session.view().judged()));
      said.add(session.view().rulesThatHold());
      said.addAll(session.view().explain("udp-port-blocked-by-host-firewall"));
    }
    return said;
  }

  private static List<Fact> read(Path recording, Predicate<Fact> wanted) throws IOException {
    var parsers = new Parsers(Secrets.withTenantKey(new byte[32]));
    var facts = new ArrayList<Fact>();
    try (var in = Files.newInputStream(recording)) {
      RecordingReader.read(
          in,
          it -> parsers.parse(it).facts().stream().filter(wanted).forEach(facts::add),
          unread -> {});
    }
    return facts;
  }
}
