package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import io.wgwhy.facts.finding.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is open, what changed of it, and when. */
class LedgerTest {
  private final Ledger ledger = new Ledger(0);

  private static Finding finding(
      String id, Confidence confidence, Severity severity, String title, double at) {
    Instant when = Instant.ofEpochMilli(ms(at));
    return new Finding(
        id,
        "t",
        "n",
        Finding.State.OPEN,
        "cause-" + id,
        title,
        confidence,
        severity,
        new Subject(new Subject.TunnelSubject(new Subject.EndSubject("cli", "wg0", Lab.C), null)),
        "no-handshake",
        1,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        new Finding.Remedy("", List.of(), null),
        new Finding.RuleReference("p", "1", "r"),
        when,
        when,
        null);
  }

  private static Finding likely(double at) {
    return finding("a", Confidence.LIKELY, Severity.CRITICAL, "title", at);
  }

  /** The same but for a count in the evidence. */
  private static Finding counted(int count, double at) {
    Finding it = likely(at);
    return new Finding(
        it.id(),
        it.tenant(),
        it.network(),
        it.state(),
        it.cause(),
        it.title(),
        it.confidence(),
        it.severity(),
        it.subject(),
        it.symptom(),
        it.affected(),
        List.of(new Finding.Evidence("cli", null, "f", count + " initiations")),
        it.path(),
        it.checklist(),
        it.alternatives(),
        it.nextObservation(),
        it.remedy(),
        it.rule(),
        it.openedAt(),
        it.updatedAt(),
        it.resolvedAt());
  }

  private void say(double at, Finding... findings) {
    ledger.replace("tunnel", List.of(findings), ms(at));
    ledger.settle(new Time(0, 0L));
  }

  private List<Finding> open() {
    return ledger.open(cause -> cause.charAt(cause.length() - 1));
  }

  @Test
  void what_is_said_first_is_opened_then() {
    say(10, likely(10));
    assertThat(ledger.takeChanges()).containsExactly(likely(10));
    assertThat(open().get(0).openedAt()).isEqualTo(Instant.ofEpochMilli(ms(10)));
  }

  @Test
  void what_is_said_again_is_no_news() {
    say(10, likely(10));
    ledger.takeChanges();
    say(15, likely(15));
    assertThat(ledger.takeChanges()).isEmpty();
  }

  @Test
  void counts_alone_are_renewed_every_fifteen_seconds_of_the_datas_time() {
    say(0, counted(1, 0));
    ledger.takeChanges();
    say(5, counted(2, 5));
    say(10, counted(3, 10));
    assertThat(ledger.takeChanges()).isEmpty();
    say(15, counted(4, 15));
    Finding renewed = ledger.takeChanges().get(0);
    assertThat(renewed.evidence().get(0).says()).isEqualTo("4 initiations");
    assertThat(renewed.openedAt()).isEqualTo(Instant.ofEpochMilli(ms(0)));
    assertThat(renewed.updatedAt()).isEqualTo(Instant.ofEpochMilli(ms(15)));
  }

  @Test
  void what_makes_a_difference_is_told_at_once() {
    say(0, likely(0));
    ledger.takeChanges();
    say(1, finding("a", Confidence.CONFIRMED, Severity.CRITICAL, "title", 1));
    Finding surer = ledger.takeChanges().get(0);
    assertThat(surer.confidence()).isEqualTo(Confidence.CONFIRMED);
    assertThat(surer.openedAt()).isEqualTo(Instant.ofEpochMilli(ms(0)));
    assertThat(surer.updatedAt()).isEqualTo(Instant.ofEpochMilli(ms(1)));
  }

  @Test
  void what_is_not_said_any_more_is_resolved_then() {
    say(0, likely(0));
    ledger.takeChanges();
    say(30);
    Finding resolved = ledger.takeChanges().get(0);
    assertThat(resolved.state()).isEqualTo(Finding.State.RESOLVED);
    assertThat(resolved.openedAt()).isEqualTo(Instant.ofEpochMilli(ms(0)));
    assertThat(resolved.resolvedAt()).isEqualTo(Instant.ofEpochMilli(ms(30)));
    assertThat(open()).isEmpty();
  }

  @Test
  void what_comes_again_is_opened_again() {
    say(0, likely(0));
    say(30);
    say(60, likely(60));
    assertThat(ledger.takeChanges()).hasSize(1).containsExactly(likely(60));
  }

  @Test
  void what_changed_is_taken_once() {
    say(0, likely(0));
    ledger.takeChanges();
    assertThat(ledger.takeChanges()).isEmpty();
  }

  @Test
  void one_tunnel_does_not_resolve_anothers() {
    say(0, likely(0));
    ledger.replace("another", List.of(), ms(5));
    ledger.settle(new Time(0, 0L));
    assertThat(open()).hasSize(1);
  }

  @Test
  void the_worst_the_surest_and_the_first_in_the_order_stand_first() {
    say(
        0,
        finding("e", Confidence.POSSIBLE, Severity.CRITICAL, "", 0),
        finding("d", Confidence.CONFIRMED, Severity.WARNING, "", 0),
        finding("c", Confidence.LIKELY, Severity.CRITICAL, "", 0),
        finding("b", Confidence.CONFIRMED, Severity.CRITICAL, "", 0),
        finding("a", Confidence.CONFIRMED, Severity.CRITICAL, "", 0));
    assertThat(open()).extracting(Finding::id).containsExactly("a", "b", "c", "e", "d");
  }

  @Test
  void what_was_open_before_a_restart_stays_as_it_was_said() {
    ledger.restore(List.of("tunnel"), likely(0), ms(40));
    assertThat(ledger.takeChanges()).isEmpty();
    say(45, likely(45));
    assertThat(ledger.takeChanges()).isEmpty();
    assertThat(open().get(0).openedAt()).isEqualTo(Instant.ofEpochMilli(ms(0)));
    say(50);
    assertThat(ledger.takeChanges())
        .extracting(Finding::state)
        .containsExactly(Finding.State.RESOLVED);
  }

  @Test
  void what_lost_its_tunnel_in_a_restart_is_resolved() {
    ledger.restore(List.of(), likely(0), ms(40));
    assertThat(ledger.takeChanges())
        .extracting(Finding::state)
        .containsExactly(Finding.State.RESOLVED);
    assertThat(open()).isEmpty();
  }

  private final Ledger patient = new Ledger(Ledger.SETTLING);

  private List<Finding> said(double at, Finding... findings) {
    patient.replace("tunnel", List.of(findings), ms(at));
    patient.settle(new Time(ms(at), 0L));
    return patient.takeChanges();
  }

  private static Finding confirmed(double at) {
    return finding("a", Confidence.CONFIRMED, Severity.CRITICAL, "title", at);
  }

  @Test
  void what_does_not_outlast_a_look_of_every_end_is_never_told() {
    assertThat(said(0, likely(0))).isEmpty();
    assertThat(said(4, likely(4))).isEmpty();
    assertThat(said(5)).isEmpty();
    assertThat(said(7, likely(7))).as("again: from the beginning").isEmpty();
    assertThat(said(11, likely(11))).isEmpty();
    Finding told = said(12, likely(12)).get(0);
    assertThat(told.openedAt()).as("since it held").isEqualTo(Instant.ofEpochMilli(ms(7)));
    assertThat(told.updatedAt()).isEqualTo(Instant.ofEpochMilli(ms(12)));
  }

  @Test
  void what_holds_is_told_though_nothing_more_is_said_of_its_tunnel() {
    said(0, likely(0));
    patient.settle(new Time(ms(4), 0L));
    assertThat(patient.takeChanges()).isEmpty();
    patient.settle(new Time(ms(5), 0L));
    assertThat(patient.takeChanges()).extracting(Finding::id).containsExactly("a");
  }

  @Test
  void what_holds_is_told_though_no_fact_comes_any_more() {
    said(0, likely(0));
    patient.settle(new Time(ms(0), 4_999L));
    assertThat(patient.takeChanges()).isEmpty();
    patient.settle(new Time(ms(0), 5_000L));
    assertThat(patient.takeChanges()).extracting(Finding::id).containsExactly("a");
  }

  @Test
  void it_is_called_surer_when_it_has_been_so_for_as_long_and_less_sure_at_once() {
    said(0, likely(0));
    said(5, likely(5));
    assertThat(said(10, confirmed(10))).isEmpty();
    assertThat(said(12, likely(12))).isEmpty();
    assertThat(said(14, confirmed(14))).isEmpty();
    assertThat(said(19, confirmed(19)))
        .extracting(Finding::confidence)
        .containsExactly(Confidence.CONFIRMED);
    assertThat(said(20, likely(20)))
        .extracting(Finding::confidence)
        .containsExactly(Confidence.LIKELY);
  }

  @Test
  void what_is_told_and_holds_no_more_is_resolved_at_once() {
    said(0, likely(0));
    said(5, likely(5));
    assertThat(said(6)).extracting(Finding::state).containsExactly(Finding.State.RESOLVED);
  }

  @Test
  void a_restart_does_not_begin_to_wait_anew() {
    said(0, likely(0));
    assertThat(patient.takeHeld()).containsExactly(java.util.Map.entry("a", ms(0)));
    ledger.takeChanges();
    Ledger again = new Ledger(Ledger.SETTLING);
    again.restoreHeld("tunnel", List.of(likely(3)), java.util.Map.of("a", ms(0)));
    again.settle(new Time(ms(4), 0L));
    assertThat(again.takeChanges()).isEmpty();
    again.settle(new Time(ms(5), 0L));
    assertThat(again.takeChanges().get(0).openedAt()).isEqualTo(Instant.ofEpochMilli(ms(0)));
    assertThat(again.takeHeld()).containsKey("a").containsValue(null);
  }

  @Test
  void who_expects_nothing_more_is_told_at_once() {
    said(0, likely(0));
    patient.tellAtOnce();
    patient.settle(new Time(ms(0), 0L));
    assertThat(patient.takeChanges()).hasSize(1);
  }

  /** One fault at a server, as each of its tunnels says it. */
  private static Finding atTheServer(String client, Confidence confidence, double at) {
    Finding it = finding("a", confidence, Severity.CRITICAL, "title", at);
    return it.affecting(
        1,
        new Subject(
            new Subject.TunnelSubject(
                new Subject.EndSubject(client, "wg0", client + "-key"),
                new Subject.EndSubject("srv", "wg0", Lab.S))));
  }

  @Test
  void one_fault_of_many_tunnels_is_one_finding_with_their_number() {
    for (int i = 1; i <= 100; i++) {
      ledger.replace("t" + i, List.of(atTheServer("cli" + i, Confidence.LIKELY, 10)), ms(10));
      ledger.settle(new Time(0, 0L));
    }
    assertThat(ledger.takeChanges()).hasSize(1);
    assertThat(open())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.affected()).isBetween(64, 100);
              assertThat(it.subject().tunnel().initiator().host()).isNull();
              assertThat(it.subject().tunnel().responder().host()).isEqualTo("srv");
            });
    ledger.replace("t1", List.of(atTheServer("cli1", Confidence.LIKELY, 40)), ms(40));
    ledger.settle(new Time(0, 0L));
    assertThat(open()).extracting(Finding::affected).containsExactly(100);
  }

  @Test
  void members_resolve_on_their_own_and_the_last_one_resolves_the_finding() {
    ledger.replace("t1", List.of(atTheServer("cli1", Confidence.LIKELY, 10)), ms(10));
    ledger.settle(new Time(0, 0L));
    ledger.replace("t2", List.of(atTheServer("cli2", Confidence.CONFIRMED, 10)), ms(10));
    ledger.settle(new Time(0, 0L));
    assertThat(open())
        .extracting(Finding::affected, Finding::confidence)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(2, Confidence.CONFIRMED));
    ledger.takeChanges();
    ledger.replace("t2", List.of(), ms(20));
    ledger.settle(new Time(0, 0L));
    assertThat(ledger.takeChanges())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.state()).isEqualTo(Finding.State.OPEN);
              assertThat(it.affected()).isEqualTo(1);
              assertThat(it.subject().tunnel().initiator().host()).isEqualTo("cli1");
            });
    ledger.replace("t1", List.of(), ms(30));
    ledger.settle(new Time(0, 0L));
    assertThat(ledger.takeChanges())
        .extracting(Finding::state)
        .containsExactly(Finding.State.RESOLVED);
  }

  @Test
  void a_stranger_who_asks_is_no_tunnel_more() {
    ledger.replace("t1", List.of(atTheServer("cli1", Confidence.LIKELY, 10)), ms(10));
    ledger.settle(new Time(0, 0L));
    ledger.replace(
        "srv/wg0/stranger", List.of(atTheServer("cli2", Confidence.CONFIRMED, 10)), ms(10));
    ledger.settle(new Time(0, 0L));
    assertThat(open()).extracting(Finding::affected).containsExactly(1);
  }

  @Test
  void what_was_held_before_a_restart_and_holds_no_more_is_held_no_more() {
    Ledger settling = new Ledger(Ledger.SETTLING);
    settling.restoreHeld("t", List.of(likely(0)), Map.of("a", ms(0), "b", ms(0)));
    settling.restored(Set.of("a", "b"));
    assertThat(settling.takeHeld()).containsOnlyKeys("b").containsEntry("b", null);
  }

  @Test
  void nothing_is_resolved_before_it_was_opened_though_the_hosts_clocks_differ() {
    ledger.replace("t", List.of(likely(60)), ms(60));
    ledger.settle(Time.ofFact(ms(60)));
    ledger.takeChanges();
    ledger.replace("t", List.of(), ms(10));
    ledger.settle(Time.ofFact(ms(60)));
    assertThat(ledger.takeChanges())
        .singleElement()
        .extracting(Finding::resolvedAt)
        .isEqualTo(Instant.ofEpochMilli(ms(60)));
  }
}
