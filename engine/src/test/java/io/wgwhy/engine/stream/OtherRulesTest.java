package io.wgwhy.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.CompiledPack;
import io.wgwhy.rules.Fuel;
import io.wgwhy.rules.PackFiles;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rules change while facts come in. */
class OtherRulesTest {
  private static final Path ACME = Path.of("../rules/src/test/resources/packs/acme");
  private static final String CAUSE = "acme-gateway-is-drained";
  private static final List<Fact> BLOCKED = Recorded.named("srv-fw-nft-policy-drop").facts();

  /** What is new is told once it has held for 5 s; silence is noticed later. */
  private static final Duration SETTLED = Duration.ofSeconds(7);

  private static final RuleBook BUILT_IN = RuleBook.builtIn();

  /** By name, as published rules have it. */
  private static final class Switchboard implements Opening {
    private volatile String rules = "";
    private int stopped;
    private volatile Map<String, RuleBook> books = Map.of("", BUILT_IN);

    @Override
    public NetworkSession open(String tenant, String network) {
      return new NetworkSession(tenant, network, books.getOrDefault(rules(tenant), BUILT_IN));
    }

    @Override
    public String rules(String tenant) {
      return tenant.equals("acme") ? rules : "";
    }

    /** Goes back to the built-in rules. */
    @Override
    public boolean hasFailed(String tenant, String failed, Throwable failure) {
      Fuel.Spent spent = Fuel.Spent.in(failure);
      boolean others = spent != null && !rules.isEmpty();
      rules = others ? "" : rules;
      stopped += others ? 1 : 0;
      return others;
    }
  }

  /** Says in its title which version it is. */
  private static RuleBook version(int number) {
    Map<String, String> texts = new TreeMap<>(PackFiles.texts(ACME));
    texts.replaceAll(
        (name, text) ->
            name.endsWith(".md")
                ? text.replaceFirst("title: .*", "title: Drained, says " + number + ".")
                : text.replace("suspect(", "confirm("));
    return BUILT_IN.and(List.of(CompiledPack.compile("acme", texts)));
  }

  @Test
  void rules_change_between_batches_and_no_finding_is_made_of_two_versions() throws IOException {
    var board = new Switchboard();
    Map<String, RuleBook> books = new TreeMap<>(Map.of("", BUILT_IN));
    for (int number = 1; number <= 3; number++) {
      books.put("" + number, version(number));
    }
    board.books = books;
    try (Driver driver = new Driver(10, board)) {
      List<Finding> said = new ArrayList<>();
      int every = Math.max(1, BLOCKED.size() / 20);
      int changes = 0;
      for (int i = 0; i < BLOCKED.size(); i++) {
        if (i % every == 0) {
          board.rules = "" + (changes++ % 3 + 1);
          driver.pass(Reasoning.TICK);
        }
        driver.send("acme", "home", List.of(BLOCKED.get(i)));
        driver.send("globex", "home", List.of(BLOCKED.get(i)));
      }
      board.rules = "3";
      driver.pass(SETTLED);
      for (var it : driver.findings("acme")) {
        said.add(Json.finding(it.value().getBytes(StandardCharsets.UTF_8)));
      }
      List<Finding> own = said.stream().filter(it -> it.cause().equals(CAUSE)).toList();
      assertThat(own).hasSizeGreaterThan(10);
      for (Finding finding : own) {
        String number = finding.title().replaceAll("\\D", "");
        String version = books.get(number).packs().get(1).version();
        assertThat(finding.rule().version()).as(finding.title()).isEqualTo(version);
      }
      assertThat(own.get(own.size() - 1).title()).isEqualTo("Drained, says 3.");
      assertThat(driver.figure("wgwhy.facts.processed")).isEqualTo(2L * BLOCKED.size());
      assertThat(driver.deadLetters("acme")).isEmpty();
      assertThat(driver.figure("wgwhy.rules.taken")).isGreaterThan(15);
      assertThat(driver.findings("globex"))
          .extracting(it -> it.value())
          .noneMatch(it -> it.contains(CAUSE));
      assertThat(last(said)).isEqualTo(direct(books.get("3")));
      System.out.printf(
          "longest pause of %d changes: %.1f ms%n",
          changes,
          driver.figures.get("wgwhy.rules.pause").timer().max(TimeUnit.MICROSECONDS) / 1e3);
    }
  }

  @Test
  void what_other_rules_say_is_said_though_no_fact_comes() {
    var board = new Switchboard();
    board.books = Map.of("", BUILT_IN, "1", version(1));
    try (Driver driver = new Driver(10, board)) {
      driver.send("acme", "home", BLOCKED);
      driver.pass(SETTLED);
      assertThat(driver.findings("acme")).noneMatch(it -> it.value().contains(CAUSE));

      board.rules = "1";
      driver.pass(SETTLED);
      assertThat(driver.findings("acme")).anyMatch(it -> it.value().contains(CAUSE));

      board.rules = "";
      driver.pass(SETTLED);
      assertThat(driver.findings("acme"))
          .anyMatch(it -> it.value().contains(CAUSE) && it.value().contains("\"resolved\""));
    }
  }

  /** With rules "1" that have what is wrong with {@link #BLOCKED} switched off. */
  private static Switchboard withoutTheCause() {
    var board = new Switchboard();
    var pack =
        CompiledPack.compile(
            "acme",
            Map.of(
                "overlay.yaml",
                "udp-port-blocked-by-host-firewall: {disable: true, reason: it knocks first}"));
    board.books = Map.of("", BUILT_IN, "1", BUILT_IN.and(List.of(pack)));
    return board;
  }

  @Test
  void a_cause_that_is_switched_off_is_said_no_more_and_the_checklist_says_why() {
    var board = withoutTheCause();
    try (Driver driver = new Driver(10, board)) {
      driver.send("acme", "home", BLOCKED);
      driver.pass(SETTLED);
      driver.findings("acme");
      board.rules = "1";
      driver.pass(SETTLED);
      var said = driver.findings("acme");
      assertThat(said)
          .anyMatch(
              it ->
                  it.value().contains("\"cause\":\"udp-port-blocked-by-host-firewall\"")
                      && it.value().contains("\"state\":\"resolved\""));
      assertThat(said)
          .filteredOn(it -> it.value().contains("\"state\":\"open\""))
          .allMatch(it -> it.value().contains("switched off: it knocks first"));
    }
  }

  @Test
  void what_the_old_rules_concluded_last_is_told_once_and_taken_back_once() {
    var board = withoutTheCause();
    try (Driver driver = new Driver(10, board)) {
      driver.send("acme", "home", BLOCKED);
      // Nothing of it is published yet when the rules change.
      board.rules = "1";
      driver.pass(SETTLED);
      assertThat(driver.findings("acme"))
          .filteredOn(it -> it.value().contains("\"cause\":\"udp-port-blocked-by-host-firewall\""))
          .extracting(it -> it.value().contains("\"state\":\"open\""))
          .startsWith(true)
          .endsWith(false)
          .containsOnlyOnce(false);
    }
  }

  /** Sound as far as lint can tell; of each tunnel it wants all combinations of what there is. */
  @Test
  void a_pack_that_takes_too_much_is_stopped_and_the_other_rules_and_tenants_go_on() {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      rules
          .append("rule \"Greedy ")
          .append(i)
          .append("\"\n  @because(\"greed\")\nwhen\n  Tunnel( $id : id )\n")
          .append("  FilterVerdict( tunnel == $id )\n".repeat(3))
          .append("  SourceCheck( tunnel == $id )\n".repeat(3))
          .append("  Trend( tunnel == $id )\n".repeat(3))
          .append("then\n  insertLogical( suspect( \"")
          .append(CAUSE)
          .append("\", $id ) );\nend\n\n");
    }
    Map<String, String> texts = new TreeMap<>(PackFiles.texts(ACME));
    texts.replaceAll(
        (name, text) ->
            name.endsWith(".drl") ? text.substring(0, text.indexOf("rule ")) + rules : text);
    var board = new Switchboard();
    board.books =
        Map.of("", BUILT_IN, "1", BUILT_IN.and(List.of(CompiledPack.compile("acme", texts))));
    board.rules = "1";
    try (Driver driver = new Driver(10, board)) {
      driver.send("acme", "home", BLOCKED);
      driver.send("globex", "home", BLOCKED);
      driver.pass(SETTLED);
      assertThat(board.stopped).isEqualTo(1);
      assertThat(driver.deadLetters("acme")).as("no fact is to blame").isEmpty();
      assertThat(driver.figure("wgwhy.facts.processed")).isEqualTo(2L * BLOCKED.size());
      for (String tenant : List.of("acme", "globex")) {
        var said = driver.findings(tenant);
        assertThat(said.get(said.size() - 1).value())
            .contains("\"cause\":\"udp-port-blocked-by-host-firewall\"", "\"open\"");
      }
    }
  }

  private static List<String> last(List<Finding> said) {
    Map<String, Finding> last = new TreeMap<>();
    said.forEach(it -> last.put(it.id(), it));
    return last.values().stream()
        .filter(it -> it.resolvedAt() == null)
        .map(OtherRulesTest::gist)
        .sorted()
        .toList();
  }

  /** What a session says that had these rules all the time. */
  private static List<String> direct(RuleBook book) {
    try (NetworkSession session = new NetworkSession("acme", "home", book)) {
      BLOCKED.forEach(session::accept);
      session.conclude();
      return session.findings().stream().map(OtherRulesTest::gist).sorted().toList();
    }
  }

  private static String gist(Finding it) {
    return it.id() + " " + it.cause() + " " + it.confidence() + " " + it.rule();
  }
}
