package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@code wgwhy diagnose --why CAUSE}, as people and scripts use it. */
class WhyTest {
  @Test
  void the_cause_that_was_found_is_proved_by_its_facts() {
    Ran ran =
        Ran.wgwhy("diagnose", "--why", "udp-port-blocked-by-host-firewall", Samples.blocked());

    assertThat(ran.out())
        .contains("● udp-port-blocked-by-host-firewall: confirmed")
        .contains("✓ Confirmed: 11 initiations reached srv, and its firewall drops them")
        .contains("✓ its packet filter lets them pass: no")
        .contains("srv 12:15:24 11 initiations reached the network interface");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void another_cause_shows_which_condition_fails_and_the_wanted_beside_the_actual() {
    Ran ran = Ran.wgwhy("diagnose", "--why", "udp-port-blocked-upstream", Samples.blocked());

    assertThat(ran.out())
        .contains("✓ udp-port-blocked-upstream: ruled out")
        .contains("What is said to be wrong is udp-port-blocked-by-host-firewall.")
        .contains("✗ Would be suspected: Initiations leave the initiator and do not arrive")
        .contains(
            "✗ initiations arrived at the responder's network interface: yes; wanted:"
                + " arrived.passed ==")
        .contains("● 11 udp-port-blocked-by-host-firewall");
  }

  @Test
  void what_nobody_looked_at_comes_with_the_command_that_shows_it() throws IOException {
    Ran ran =
        Ran.withInput(
            Samples.oneEnd(Samples.BLOCKED, "cli"),
            "diagnose",
            "--why",
            "udp-port-blocked-by-host-firewall",
            "-");

    assertThat(ran.out())
        .contains("○ what a packet filter does (FilterVerdict): nothing with", "INITIATION_IN")
        .contains("What nobody has looked at yet")
        .contains("sudo nft list ruleset; sudo iptables-save -c");
  }

  @Test
  void a_cause_that_explains_no_symptom_of_the_tunnel_is_not_asked_for() {
    assertThat(Ran.wgwhy("diagnose", "--why", "mtu-too-large", Samples.blocked()).out())
        .contains("· mtu-too-large: not asked for")
        .contains("It does not bring about no-handshake, but large-packets-vanish");
    Ran healthy = Ran.wgwhy("diagnose", "--why", "mtu-too-large", Samples.healthy());
    assertThat(healthy.out())
        .contains("Nothing is wrong with this tunnel", "nothing with kind == LARGE_PACKETS_VANISH");
    assertThat(healthy.exit()).isZero();
  }

  @Test
  void json_has_the_explanations_beside_the_findings() throws IOException {
    JsonNode answer =
        new ObjectMapper()
            .readTree(
                Ran.wgwhy(
                        "diagnose",
                        "--json",
                        "--why",
                        "udp-port-blocked-upstream",
                        Samples.blocked())
                    .out());

    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly("findings", "healthy", "explanations", "unread");
    JsonNode first = answer.get("explanations").get(0);
    assertThat(first.get("verdict").asText()).isEqualTo("ruled-out");
    assertThat(first.get("found").asText()).isEqualTo("udp-port-blocked-by-host-firewall");
    JsonNode failing = first.get("rules").get(1);
    assertThat(failing.get("state").asText()).isEqualTo("fails");
    JsonNode check = failing.get("conditions").get(1).get("checks").get(1);
    assertThat(check.get("wanted").asText()).isEqualTo("icmp == ADMIN_PROHIBITED");
    assertThat(check.get("actual").get(0).get("value").asText()).isEqualTo("none was seen");
  }

  @Test
  void a_cause_that_there_is_not_is_bad_usage_and_similar_ones_are_named() {
    Ran ran = Ran.wgwhy("diagnose", "--why", "port-blocked", Samples.blocked());

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .hasLineCount(1)
        .contains("no cause port-blocked. Did you mean udp-port-blocked-");
    assertThat(Ran.wgwhy("diagnose", "--why", "xyzzy", Samples.blocked()).err())
        .contains("there is no cause xyzzy. See: wgwhy rules list");
  }
}
