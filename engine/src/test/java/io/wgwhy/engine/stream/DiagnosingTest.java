package io.wgwhy.engine.stream;

import static io.wgwhy.engine.stream.Driver.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.WgInventory;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiagnosingTest {

  private static final List<Fact> BLOCKED = Recorded.named("srv-fw-nft-policy-drop").facts();

  /** A NAT forgets a tunnel, and finds it again by itself. */
  private static final List<Fact> HEALS = Recorded.named("nat-timeout-same-port").facts();

  private final Driver driver = new Driver(10);

  @AfterEach
  void close() {
    driver.close();
  }

  /** As after a pause that was longer than the broker waits. */
  @Test
  void that_a_task_is_another_engines_now_is_no_failure_of_a_session() {
    Opening gone =
        (tenant, network) -> {
          throw new TaskMigratedException("by now");
        };
    try (var other = new Driver(10, gone)) {
      assertThatThrownBy(() -> other.send("acme", "home", HEALS))
          .isInstanceOf(TaskMigratedException.class);
      assertThat(other.deadLetters("acme")).isEmpty();
    }
  }

  /** What waits of a moment is judged by whoever has the task now, and is nobody's fault. */
  @Test
  void nor_is_it_while_a_session_goes_on_with_other_rules() {
    var lost =
        new Opening() {
          private boolean isGone;

          @Override
          public NetworkSession open(String tenant, String network) {
            if (isGone) {
              throw new TaskMigratedException("by now");
            }
            return Driver.builtIn().open(tenant, network);
          }

          @Override
          public String rules(String tenant) {
            return isGone ? "others" : "";
          }
        };
    try (var other = new Driver(10, lost)) {
      other.send("acme", "home", HEALS.subList(0, 5));
      lost.isGone = true;
      assertThatThrownBy(() -> other.pass(Reasoning.TICK))
          .isInstanceOf(TaskMigratedException.class);
      assertThat(other.deadLetters("acme")).isEmpty();
      assertThat(other.figure("wgwhy.refusals")).isZero();
    }
  }

  @Test
  void a_finding_opens_and_is_resolved() {
    driver.send("acme", "home", HEALS);
    driver.quiet();
    var events = driver.findings("acme");
    assertThat(events.get(0).value()).contains("\"state\":\"open\"", "nat-mapping-expired");
    assertThat(events.get(events.size() - 1).value()).contains("\"state\":\"resolved\"");
    assertThat(events).extracting(it -> it.key()).containsOnly(events.get(0).key());
    assertThat(driver.store(Store.FINDINGS).approximateNumEntries()).isZero();
    assertThat(driver.store(Store.MOMENTS).approximateNumEntries()).isZero();
  }

  @Test
  void a_finding_is_a_cloud_event() {
    driver.send("acme", "my home", BLOCKED);
    driver.quiet();
    var event = driver.findings("acme").get(0);
    assertThat(header(event, "ce_specversion")).isEqualTo("1.0");
    assertThat(header(event, "ce_source")).isEqualTo("/wgwhy/acme/my+home");
    assertThat(header(event, "ce_type")).isEqualTo("io.wgwhy.finding.open");
    assertThat(header(event, "ce_time")).startsWith("2026-");
    assertThat(header(event, "ce_id")).hasSize(36);
    assertThat(header(event, "content-type")).isEqualTo("application/json");
  }

  @Test
  void the_last_moment_waits_for_quiet_and_longer_when_it_continues() {
    Fact last = BLOCKED.get(BLOCKED.size() - 1);
    driver.send("acme", "home", List.of(last));
    driver.pass(Reasoning.TICK);
    assertThat(driver.store(Store.MOMENTS).approximateNumEntries()).isOne();
    driver.pass(Reasoning.TICK.multipliedBy(2));
    driver.send("acme", "office", List.of(last));
    assertThat(driver.store(Store.MOMENTS).get("acme\0home\0")).isNull();

    var headers = new RecordHeaders().add("continues", "yes".getBytes(UTF_8));
    driver.send("acme", "home", Json.bytes(BLOCKED.get(0)), headers);
    driver.pass(Reasoning.TICK.multipliedBy(LiveSessions.PATIENCE - 5));
    assertThat(driver.store(Store.MOMENTS).get("acme\0home\0")).isNotNull();
    driver.pass(Reasoning.TICK.multipliedBy(10));
    driver.send("acme", "office", List.of(last));
    assertThat(driver.store(Store.MOMENTS).get("acme\0home\0")).isNull();
  }

  @Test
  void the_inventory_of_a_gateway_with_ten_thousand_peers_is_taken_in_and_nothing_else_so_large() {
    List<String> keys = IntStream.range(0, 10_000).mapToObj("%044d"::formatted).toList();
    driver.send(
        "acme",
        "home",
        List.of(new WgInventory("gw", 1, List.of(new WgInventory.Device("wg0", keys)))));
    driver.quiet();
    assertThat(driver.deadLetters("acme")).isEmpty();

    driver.send("acme", "home", List.of(links("gw", 2, Intake.MAX_FACT_BYTES)));
    driver.quiet();
    assertThat(driver.deadLetters("acme"))
        .singleElement()
        .satisfies(it -> assertThat(header(it, "refusal")).isEqualTo("too-large"));
  }

  @Test
  void a_moment_without_end_does_not_wait_for_it() {
    var headers = new RecordHeaders().add("continues", "yes".getBytes(UTF_8));
    int mostWaiting = 0;
    for (int i = 0; i < 60; i++) {
      driver.send("acme", "home", Json.bytes(links("gw", 1, 100_000 + i)), headers);
      byte[] waiting = driver.store(Store.MOMENTS).get("acme\0home\0");
      mostWaiting = Math.max(mostWaiting, waiting == null ? 0 : waiting.length);
    }
    assertThat(mostWaiting).isBetween(1_500_000, 3_000_000);
    driver.pass(Reasoning.TICK.multipliedBy(LiveSessions.PATIENCE + 2));
    assertThat(driver.figure("wgwhy.facts.processed")).isEqualTo(60);
  }

  /** Of about so many bytes. */
  private static Links links(String host, long at, int bytes) {
    return new Links(host, at, List.of(new Links.Link("x".repeat(bytes), Answer.YES, 1500, null)));
  }

  @Test
  void what_is_no_fact_becomes_a_dead_letter_as_it_came() {
    driver.send("acme", "home", BLOCKED.subList(0, 1));
    driver.send("acme", "home", "{nonsense".getBytes(UTF_8));
    var letter = driver.deadLetters("acme").get(0);
    assertThat(letter.key()).isEqualTo("home");
    assertThat(letter.value()).isEqualTo("{nonsense");
    assertThat(header(letter, "reason")).isEqualTo("not a fact: not JSON");
    assertThat(header(letter, "topic")).isEqualTo("wgwhy.acme.facts");
    assertThat(header(letter, "partition")).isEqualTo("0");
    assertThat(header(letter, "offset")).isEqualTo("1");
  }

  @Test
  void each_refusal_has_its_reason_which_quotes_nothing() {
    send("{\"kind\":\"teapot\"}");
    send("{\"kind\":\"6Jd9+very/secret=\"}");
    send("{\"host\":\"srv\",\"at\":1}");
    send("{\"kind\":\"links\",\"host\":\"srv\",\"at\":1}");
    send("{\"kind\":\"links\",\"host\":\"srv\",\"at\":1,\"links\":[null]}");
    send("{\"kind\":\"links\",\"host\":\"srv\",\"at\":\"secret\",\"links\":[]}");
    send("{\"kind\":\"host-clock\",\"at\":1,\"offsetMillis\":1}");
    send("{\"kind\":\"host-clock\",\"host\":\" \",\"at\":1,\"offsetMillis\":1}");
    send("{\"kind\":\"host-clock\",\"host\":\"srv\",\"at\":-1,\"offsetMillis\":1}");
    send("{\"kind\":\"host-clock\",\"host\":\"srv\",\"at\":9223372036854775807}");
    send("{\"kind\":\"host-clock\",\"host\":\"srv\",\"at\":1e400}");
    driver.send("acme", "home", (byte[]) null);
    driver.send("acme", null, "{}".getBytes(UTF_8));
    driver.send("acme", "a\0b", "{}".getBytes(UTF_8));
    driver.send("acme", "home", new byte[Intake.MAX_INVENTORY_BYTES + 1]);
    send("[".repeat(60_000));
    send("{\"kind\":\"links\",\"links\":".repeat(5_000));
    send("null");
    send("");
    send("17");
    driver.send("acme", "home", new byte[] {(byte) 0xff, 0, (byte) 0xfe});
    driver.send("acme", "home", BLOCKED);
    driver.quiet();
    assertThat(driver.deadLetters("acme"))
        .extracting(letter -> header(letter, "reason"))
        .allSatisfy(reason -> assertThat(reason).doesNotContain("secret"))
        .hasSize(21)
        .startsWith(
            "not a fact: unknown kind teapot",
            "not a fact: unknown kind",
            "not a fact: no kind",
            "not a fact: links is missing",
            "not a fact: null in a list",
            "not a fact: at is not as it should be",
            "not a fact: host is missing",
            "not a fact: host is empty",
            "not a fact: at is no time",
            "not a fact: at is no time",
            "not a fact: at is not as it should be",
            "no value",
            "no key: it must be the network's name",
            "a key with control characters cannot be a network's name",
            "524289 bytes, more than a fact may have (524288)");
    assertThat(driver.findings("acme")).as("the neighbours").isNotEmpty();
  }

  /** Taken in, it would make all that its network says until then look old. */
  @Test
  void what_is_dated_far_ahead_is_refused_and_moves_nobodys_clock() {
    long ahead = System.currentTimeMillis() + Duration.ofDays(3_650).toMillis();
    driver.send("acme", "home", BLOCKED.subList(0, 1));
    driver.send("acme", "home", List.of(new HostClock("evil", ahead, 0)));
    driver.send("acme", "home", BLOCKED.subList(1, BLOCKED.size()));
    driver.quiet();
    assertThat(driver.deadLetters("acme"))
        .extracting(it -> header(it, "refusal"))
        .containsExactly("future-dated");
    assertThat(driver.findings("acme")).isNotEmpty();
  }

  @Test
  void every_kind_of_refusal_is_explained() {
    for (Refusal refusal : Refusal.values()) {
      assertThat(Refusal.ofCode(refusal.code())).contains(refusal);
      assertThat(refusal.meaning()).endsWith(".");
      assertThat(refusal.advice()).endsWith(".");
    }
    assertThat(Refusal.ofCode("teapot")).isEmpty();
  }

  @Test
  void what_is_open_is_counted_by_tenant_and_cause() {
    driver.send("acme", "home", BLOCKED);
    driver.send("globex", "home", HEALS);
    driver.quiet();
    assertThat(
            driver
                .figures
                .get("wgwhy.findings.open")
                .tags("tenant", "acme", "cause", "udp-port-blocked-by-host-firewall")
                .gauge()
                .value())
        .isEqualTo(1);
    assertThat(driver.figure("wgwhy.findings.open")).as("globex' healed").isEqualTo(1);
    assertThat(driver.figure("wgwhy.facts.processed")).isEqualTo(BLOCKED.size() + HEALS.size());
    assertThat(driver.figure("wgwhy.sessions")).isEqualTo(2);
    assertThat(driver.figure("wgwhy.rule.time")).isPositive();
  }

  @Test
  void a_dead_letter_that_is_too_large_for_its_topic_leaves_its_value_out() {
    driver.send("acme", "home", new byte[3_000_000]);
    var letter = driver.deadLetters("acme").get(0);
    assertThat(letter.value()).isNull();
    assertThat(header(letter, "left-out")).isEqualTo("3000004 bytes");
  }

  /** One end in each network: together they would say more. */
  @Test
  void tenants_and_networks_are_apart() {
    List<Fact> servers = BLOCKED.stream().filter(it -> it.host().equals("srv")).toList();
    List<Fact> clients = BLOCKED.stream().filter(it -> it.host().equals("cli")).toList();
    driver.send("acme", "home", servers);
    driver.send("acme", "homer", clients);
    driver.send("acme-2", "home", clients);
    driver.quiet();
    String apart = "\"host\":null";
    assertThat(driver.findings("acme"))
        .extracting(it -> it.value())
        .allMatch(it -> it.contains(apart));
    assertThat(driver.findings("acme-2"))
        .isNotEmpty()
        .extracting(it -> it.value())
        .allMatch(it -> it.contains(apart));
    assertThat(driver.prepared).containsExactly("acme", "acme-2");
  }

  private void send(String json) {
    driver.send("acme", "home", json.getBytes(UTF_8));
  }
}
