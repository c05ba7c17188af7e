package io.wgwhy.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.finding.Severity;
import io.wgwhy.facts.tunnel.Conclusion;
import io.wgwhy.facts.tunnel.Symptom;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kie.api.runtime.KieSession;

class RuleBookTest {
  @TempDir Path temp;

  @Test
  void the_built_in_book_is_compiled_by_the_build() {
    RuleBook book = RuleBook.builtIn();

    assertThat(book.causes())
        .isNotEmpty()
        .allSatisfy(c -> assertThat(c.pack()).isEqualTo("wireguard"));
    assertThat(book.version()).matches("[0-9a-f]{12}");
    assertThat(book.kieBase().getKiePackages()).flatExtracting(p -> p.getRules()).isNotEmpty();
  }

  @Test
  void the_built_in_book_is_what_its_sources_say() {
    assertThat(RuleBook.builtIn().version())
        .isEqualTo(PackFolder.read(Path.of("wireguard")).version());
  }

  @Test
  void causes_stand_in_the_diagnostic_order_by_band_then_place_then_name() {
    assertThat(Sample.book().causes())
        .extracting(Cause::place, Cause::band, Cause::id)
        .containsExactly(
            tuple(1, "1-here", "interface-is-down"),
            tuple(2, "2-path", "port-is-blocked"),
            tuple(3, "2-path", "nobody-listens"));
  }

  @Test
  void a_cause_says_what_its_page_says() {
    Cause cause = Sample.book().cause("port-is-blocked");

    assertThat(cause.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(cause.explains())
        .containsExactly(Symptom.Kind.NO_HANDSHAKE, Symptom.Kind.WORKS_THEN_DIES);
    assertThat(cause.page().text()).contains("## Meaning");
    assertThat(Sample.book().cause("nobody-knows")).isNull();
  }

  @Test
  void a_finding_can_name_the_rule_its_pack_and_the_packs_version() {
    assertThat(Sample.book().reference("The interface is up"))
        .satisfies(
            rule -> {
              assertThat(rule.pack()).isEqualTo("sample");
              assertThat(rule.version()).isEqualTo(Sample.book().version());
            });
    assertThat(Sample.book().reference("Nobody wrote this")).isNull();
  }

  @Test
  void an_operators_pack_joins_the_order_and_the_rules() {
    Path acme = acme("acme");

    RuleBook book = RuleBook.with(Sample.compiled(), List.of(acme));

    assertThat(book.causes())
        .extracting(Cause::id)
        .containsExactly(
            "interface-is-down", "port-is-blocked", "acme-gateway-is-drained", "nobody-listens");
    assertThat(book.cause("acme-gateway-is-drained").pack()).isEqualTo("acme");
    assertThat(book.version()).isNotEqualTo(Sample.book().version());
    KieSession session = book.kieBase().newKieSession();
    session.insert(Sample.tunnel("t1", Answer.YES));
    session.insert(Sample.asksInVain("t1"));
    session.insert(Sample.path("t1", 5, Answer.NO));
    session.fireAllRules();
    assertThat(Justification.of(session))
        .extracting(j -> j.conclusion().cause())
        .containsExactly("acme-gateway-is-drained", "interface-is-down", "port-is-blocked");
    session.dispose();
  }

  @Test
  void a_pack_can_be_tried_out_alone() {
    assertThat(RuleBook.only(acme("acme")).causes())
        .extracting(Cause::id)
        .containsExactly("acme-gateway-is-drained");
  }

  @Test
  void a_newer_version_of_an_operators_pack_has_its_own_rules() {
    Path acme = acme("acme");
    RuleBook old = RuleBook.with(Sample.compiled(), List.of(acme));
    Sample.edit(rules(acme), "suspect(", "ruleOut(");

    RuleBook book = RuleBook.with(Sample.compiled(), List.of(acme));

    assertThat(verb(old)).isEqualTo(Conclusion.Verb.SUSPECT);
    assertThat(verb(book)).isEqualTo(Conclusion.Verb.RULE_OUT);
  }

  @Test
  void a_pack_that_does_not_compile_is_refused_and_the_others_survive() {
    Path good = acme("acme");
    Path bad = acme("broken");
    Sample.edit(rules(bad), "Tunnel( $id : id )", "Tunnel( $id : id, colour == 3 )");

    BadRules refused =
        catchThrowableOfType(
            BadRules.class, () -> RuleBook.with(Sample.compiled(), List.of(bad, good)));

    assertThat(refused.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.file()).isEqualTo(rules(bad).toString()));
    assertThat(refused.rest().cause("acme-gateway-is-drained").pack()).isEqualTo("acme");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Tunnel( $id : id )  | Tunnel( $id : id, colour == 3 )          | 10 | colour",
        "Tunnel( $id : id )  | Tunel( $id : id )                        | 10 | Tunel",
        "Tunnel( $id : id )  | Tunnel( $id : id, initiator.colour > 3 ) | 10 | colour",
        "Tunnel( $id : id )  | Tunnel( $id : id, $p : initiator.endpoint!.port ) | 10 | bind what may be null itself",
        "Tunnel( $id : id )  | Tunnel( $id : id, initiator.endpoint.port > 3 ) | 10 | may be null: write initiator.endpoint!.port",
        "Tunnel( $id : id )  | Tunnel( $id : id, $p : initiator.mtu, responder.mtu > $p + 1 ) | 10 | what may be null is not reckoned with",
        "Tunnel( $id : id )  | Tunnel( $id : id, initiator.up == Answer.YESS ) | 10 | Answer has no YESS. Did you mean YES?",
        "Tunnel( $id : id )  | Tunnel( $id : id, initiator.up == Role.INITIATOR ) | 10 | can never be: Answer == Role",
        "Tunnel( $id : id )  | Tunnel( $id : initiator )                | 12 | not a tunnel's",
        "Tunnel( $id : id )  | Tunnel( $i : id )                        | 12 | bind it by $id",
        "Tunnel( $id : id )  | Tunnel( $id : id ) Trend( samples > 'x' ) | 10 | compares numbers, not Integer with String",
      })
  void a_mistake_is_named_by_file_and_line(String right, String wrong, int line, String says) {
    Path bad = acme("broken");
    Sample.edit(rules(bad), right, wrong.replace('\'', '"'));

    assertThat(refusal(bad).problems())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.toString()).startsWith(rules(bad) + ":" + line + ":");
              assertThat(p.message()).contains("\"The gateway is drained\"", says);
            });
  }

  @Test
  void what_cannot_even_be_parsed_is_refused_by_file_and_line() {
    Path bad = acme("broken");
    Sample.edit(rules(bad), "Tunnel( $id : id )", "Tunnel( $id : id");

    BadRules refused = refusal(bad);

    assertThat(refused.problems())
        .anySatisfy(
            p -> {
              assertThat(p.file()).isEqualTo(rules(bad).toString());
              assertThat(p.line()).isPositive();
              assertThat(p.message()).hasSizeLessThan(200);
            });
  }

  @Test
  void the_same_rule_name_twice_is_refused() {
    Path acme = acme("acme");
    Sample.edit(rules(acme), "The gateway is drained", "The interface is up");

    assertThat(refusal(acme).problems())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.toString()).startsWith(rules(acme) + ":7: \"The interface is up\"");
              assertThat(p.message()).contains("also in the pack sample");
            });
  }

  @Test
  void a_cause_that_another_pack_has_is_refused() {
    assertThat(refusal(Sample.copy(temp.resolve("twin"))).problems())
        .anySatisfy(p -> assertThat(p.message()).contains("the pack sample has this cause"));
  }

  @Test
  void a_folder_that_is_not_there_is_refused_loudly() {
    assertThat(refusal(temp.resolve("nowhere")).getMessage()).contains("there is no such folder");
    assertThat(refusal(temp).getMessage()).contains("holds no cause");
  }

  private BadRules refusal(Path pack) {
    return catchThrowableOfType(
        BadRules.class, () -> RuleBook.with(Sample.compiled(), List.of(pack)));
  }

  private static Conclusion.Verb verb(RuleBook book) {
    KieSession session = book.kieBase().newKieSession();
    session.insert(Sample.tunnel("t1", Answer.YES));
    session.fireAllRules();
    Conclusion.Verb verb = Justification.of(session).get(0).conclusion().verb();
    session.dispose();
    return verb;
  }

  private Path acme(String name) {
    return Sample.copy(Path.of("src/test/resources/packs/acme"), temp.resolve(name));
  }

  private static Path rules(Path pack) {
    return pack.resolve("2-path/acme-gateway-is-drained/acme-gateway-is-drained.drl");
  }
}
