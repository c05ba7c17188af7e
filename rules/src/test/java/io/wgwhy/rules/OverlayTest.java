package io.wgwhy.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wgwhy.facts.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayTest {

  private static CompiledPack pack(String name, String overlay) {
    return CompiledPack.compile(name, Map.of("overlay.yaml", overlay));
  }

  @Test
  void a_pack_of_an_overlay_alone_changes_causes_of_others_and_shares_their_rules() {
    CompiledPack pack =
        pack(
            "acme",
            """
            nobody-listens: {disable: true, reason: that port is knocked first}
            port-is-blocked: {severity: warning, at-most: likely, reason: the lab only}
            """);

    RuleBook book = Sample.book().and(List.of(pack));

    assertThat(book.cause("nobody-listens").disabled()).isEqualTo("that port is knocked first");
    assertThat(book.cause("port-is-blocked").severity()).isEqualTo(Severity.WARNING);
    assertThat(book.cause("port-is-blocked").neverConfirmed()).isTrue();
    assertThat(book.cause("interface-is-down")).isEqualTo(Sample.book().cause("interface-is-down"));
    assertThat(book.kieBase()).isSameAs(Sample.book().kieBase());
    assertThat(book.version()).isNotEqualTo(Sample.book().version());
    assertThat(Sample.book().cause("nobody-listens").disabled()).isNull();
  }

  @Test
  void another_overlay_is_another_version() {
    assertThat(pack("acme", "a: {disable: true, reason: x}").version())
        .isNotEqualTo(pack("acme", "a: {disable: true, reason: y}").version());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x: {disable: true}                             | x: write the reason",
        "x: {disable: maybe, reason: y}                 | x: disable: true, or leave it out",
        "x: {reason: y}                                 | x: nothing is changed",
        "x: {severity: awful, reason: y}                | x: severity: one of critical, major,"
            + " warning",
        "x: {at-most: confirmed, reason: y}             | x: at-most: likely is all",
        "x: {threshold: 3, reason: y}                   | x: there is no threshold here",
        "x: off                                         | x: write below it what is changed",
        "[a, b]                                         | write causes",
        "x: {disable: true                              | no YAML: ",
      })
  void what_is_wrong_is_told_with_its_line(String yaml, String says) {
    List<RuleProblem> problems = new ArrayList<>();

    Overlay overlay = Overlay.read("overlay.yaml", "# why\n" + yaml + "\n", problems::add);

    assertThat(overlay.changes()).isEmpty();
    assertThat(problems)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.message()).startsWith(says);
              assertThat(it.line()).isPositive();
            });
  }

  @Test
  void causes_that_nobody_has_are_named() {
    RuleBook book = Sample.book().and(List.of(pack("acme", "x: {disable: true, reason: y}")));

    assertThat(book.unknownCauses())
        .singleElement()
        .hasToString("acme/overlay.yaml:1: there is no cause x: see wgwhy rules list");
  }

  @Test
  void names_that_lead_out_of_the_pack_are_refused() {
    for (String name : List.of("../x.drl", "/etc/x", "a/../../x", "a\\..\\x", ".hidden")) {
      BadRules refused =
          catchThrowableOfType(
              BadRules.class, () -> CompiledPack.compile("acme", Map.of(name, "x")));
      assertThat(refused.problems().get(0).message()).isEqualTo("no name of a pack's file");
    }
    assertThat(
            catchThrowableOfType(BadRules.class, () -> CompiledPack.compile("../acme", Map.of()))
                .problems())
        .isNotEmpty();
  }

  @Test
  void what_is_wrong_with_a_pack_that_lies_nowhere_is_told_from_the_pack_on() {
    BadRules refused =
        catchThrowableOfType(
            BadRules.class, () -> CompiledPack.compile("acme", Map.of("9-x/y/z.drl", "")));

    assertThat(refused.problems()).allSatisfy(it -> assertThat(it.file()).startsWith("acme/9-x/y"));
  }
}
