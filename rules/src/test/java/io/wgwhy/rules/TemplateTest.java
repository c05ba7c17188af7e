package io.wgwhy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wg0",
        "203.0.113.10:51820",
        "[2001:db8::1]:51820",
        "10.0.0.0/24,fd00::/8",
        "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
        "host-1.example.org"
      })
  void an_ordinary_value_is_pasted_as_it_is(String value) {
    assertThat(command("wg show {{x}}", value)).isEqualTo("wg show " + value);
  }

  @Test
  void a_value_with_other_characters_is_single_quoted() {
    assertThat(command("wg show {{x}}", "wg 0")).isEqualTo("wg show 'wg 0'");
    assertThat(command("wg show {{x}}", "a;reboot")).isEqualTo("wg show 'a;reboot'");
    assertThat(command("wg show {{x}}", "$(reboot)")).isEqualTo("wg show '$(reboot)'");
    assertThat(command("wg show {{x}}", "it's")).isEqualTo("wg show 'it'\\''s'");
    assertThat(command("E={{x}}", "<b>&</b>")).isEqualTo("E='<b>&</b>'");
    assertThat(command("wg show {{x}}", "wgé")).isEqualTo("wg show 'wgé'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-f", "a\nreboot", "\u001b[2J", "\uE001", ""})
  void a_value_that_no_quotes_make_harmless_gives_way(String value) {
    assertThat(command("wg show {{x}}", value)).isEqualTo("wg show <VALUE>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sh -c 'ip link {{x}}'", "sh -c \"ip link {{x}}\"", "echo `ip link {{x}}`"})
  void within_the_authors_own_quotes_only_ordinary_values_are_pasted(String template) {
    assertThat(command(template, "wg0")).contains("ip link wg0");
    assertThat(command(template, "a;reboot")).contains("ip link <VALUE>").doesNotContain("reboot");
  }

  @Test
  void behind_a_backslash_and_behind_closed_quotes_values_stay_harmless() {
    assertThat(command("echo \\{{x}}", "a;b")).isEqualTo("echo \\<VALUE>");
    assertThat(command("echo 'a' \"b\\\"c\" {{x}}", "a;b")).isEqualTo("echo 'a' \"b\\\"c\" 'a;b'");
  }

  @Test
  void a_missing_value_is_named_after_the_last_part_of_its_name() {
    assertThat(Template.command("wg set {{initiator.iface}} peer {{peerKey}}", Map.of()))
        .isEqualTo("wg set <IFACE> peer <PEERKEY>");
    assertThat(Template.sentence("port {{a.b.listen_port}}", Map.of()))
        .isEqualTo("port <LISTEN_PORT>");
    assertThat(Template.sentence("port {{port}}", Collections.singletonMap("port", null)))
        .isEqualTo("port <PORT>");
  }

  @Test
  void sentences_are_not_escaped_and_stay_on_one_line() {
    assertThat(Template.sentence("{{x}}'s", Map.of("x", "a & <b>"))).isEqualTo("a & <b>'s");
    assertThat(Template.sentence("{{x}}", Map.of("x", "a\n\u001b[2Jb"))).isEqualTo("a [2Jb");
  }

  @Test
  void values_print_as_people_write_them() {
    assertThat(
            Template.sentence(
                "{{list}} {{endpoint}} {{answer}} {{number}}",
                Map.of(
                    "list",
                    List.of("10.0.0.0/8", "fd00::/8"),
                    "endpoint",
                    new Endpoint("2001:db8::1", 51820),
                    "answer",
                    Answer.UNKNOWN,
                    "number",
                    3L)))
        .isEqualTo("10.0.0.0/8, fd00::/8 [2001:db8::1]:51820 unknown 3");
    assertThat(Template.command("a {{list}}", Map.of("list", List.of("10.0.0.0/8", "fd00::/8"))))
        .isEqualTo("a 10.0.0.0/8,fd00::/8");
  }

  @Test
  void a_section_takes_only_a_yes_for_a_yes() {
    String template = "{{#up}}up{{/up}}{{^up}}not known to be up{{/up}}";

    assertThat(Template.sentence(template, Map.of("up", Answer.YES))).isEqualTo("up");
    assertThat(Template.sentence(template, Map.of("up", Answer.NO))).startsWith("not");
    assertThat(Template.sentence(template, Map.of("up", Answer.UNKNOWN))).startsWith("not");
    assertThat(Template.sentence(template, Map.of())).startsWith("not");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{{{x}}}", "{{&x}}", "{{>page}}", "{{=<% %>=}}", "{{$x}}", "{{#x}}", "{{x"})
  void what_would_get_past_the_quoting_or_cannot_be_read_is_a_problem(String template) {
    assertThat(Template.problem(template)).isNotNull();
  }

  @Test
  void ordinary_templates_are_no_problem() {
    assertThat(Template.problem("a {{x}} {{#y}}{{y.z}}{{/y}}{{^y}}b{{/y}}")).isNull();
  }

  private static String command(String template, String value) {
    return Template.command(template, Map.of("x", value));
  }

  @Test
  void nothing_but_the_properties_of_facts_gets_into_a_text() {
    Map<String, Object> values = Map.of("initiator", Sample.tunnel("t1", Answer.YES).initiator());

    assertThat(Template.sentence("{{initiator.host}}", values)).isEqualTo("cli");
    assertThat(Template.sentence("{{initiator.class.name}}", values)).isEqualTo("<NAME>");
    assertThat(Template.sentence("{{initiator.class.protectionDomain}}", values))
        .isEqualTo("<PROTECTIONDOMAIN>");
    assertThat(Template.sentence("{{initiator.hashCode}}", values)).isEqualTo("<HASHCODE>");
  }
}
