package io.wgwhy.connectors.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parsed;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.collect.output.Unread;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Sysctls;
import io.wgwhy.facts.UdpSockets;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInventory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParsersTest {
  private static final double AT = 1795350600.25;

  private final Parsers parsers = new Parsers(Secrets.withoutTenantKey());

  @Test
  void tells_the_host_s_clock_when_the_receiver_noted_its_own() {
    Parsed parsed =
        parsers.parse(new Observation(AT + 86_400, "cli", "wg show", 0, "", AT, null, null));
    assertThat(parsed.facts())
        .contains(new HostClock("cli", Math.round(AT * 1000), 86_400_000))
        .contains(new WgInventory("cli", Math.round(AT * 1000), List.of()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1, 1e15})
  void refuses_an_absurd_time(double at) {
    Parsed parsed = parsers.parse(new Observation(at, "srv", "wg show", 0, "", null, null, null));
    assertThat(parsed.facts()).isEmpty();
    assertThat(parsed.unread()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\nb", "a\u001b[2J"})
  void refuses_a_host_without_a_name(String host) {
    Parsed parsed = parsers.parse(new Observation(AT, host, "wg show", 0, "", null, null, null));
    assertThat(parsed.facts()).isEmpty();
    assertThat(parsed.unread()).hasSize(1);
  }

  @Test
  void splits_the_output_of_several_commands() {
    List<Fact> facts =
        facts(
            "sysctl net.ipv4.ip_forward; ss -lunp",
            "net.ipv4.ip_forward = 1\nUNCONN 0 0 0.0.0.0:51820 0.0.0.0:*\n");
    assertThat(facts).hasSize(2);
    assertThat(facts.get(0)).isInstanceOf(Sysctls.class);
    assertThat(facts.get(1)).isInstanceOf(UdpSockets.class);
  }

  @Test
  void one_of_several_commands_may_be_missing() {
    List<Fact> facts = facts("sysctl net.ipv4.ip_forward; ss -lunp", "net.ipv4.ip_forward = 1\n");
    assertThat(facts).hasAtLeastOneElementOfType(Sysctls.class);
    assertThat(facts("cd /tmp && wg show", "bash: wg: command not found\n"))
        .singleElement()
        .isInstanceOf(CommandFailure.class);
  }

  @Test
  void a_command_that_failed_among_others_does_not_look_like_an_empty_answer() {
    assertThat(facts("ss -lunp; wg show", "UNCONN 0 0 *:51820 *:*\nbash: wg: command not found\n"))
        .hasSize(2)
        .hasAtLeastOneElementOfType(CommandFailure.class)
        .noneMatch(WgInventory.class::isInstance);
  }

  @Test
  void recognises_a_text_with_several_outputs_and_numbers_its_lines() {
    Parsed parsed =
        parsers.parse(
            observation(
                "",
                "dear all,\n\n[Interface]\nListenPort = 51820\nnonsense\n\nnet.ipv4.ip_forward = 0\n"));
    assertThat(parsed.facts()).hasSize(2);
    assertThat(parsed.facts().get(0)).isInstanceOf(WgConfig.class);
    assertThat(parsed.facts().get(1)).isInstanceOf(Sysctls.class);
    assertThat(parsed.unread()).extracting(Unread::line).containsExactly(1, 5);
  }

  @Test
  void an_unknown_command_without_output_is_unread() {
    assertThat(parsers.parse(observation("uname -a", "")).unread()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wg show",
        "sudo wg show",
        "sudo -n /usr/bin/wg show",
        "LC_ALL=C doas wg show",
        "ip netns exec blue wg show",
        "docker exec -it vpn wg show",
        "timeout 5 wg show",
        "ssh -p 22 root@srv wg show",
        "podman exec vpn sudo wg show | cat"
      })
  void sees_through_what_only_says_where_it_runs(String command) {
    assertThat(CommandLine.of(command).program()).isEqualTo("wg");
    assertThat(CommandLine.of(command).has("show")).isTrue();
  }

  @Test
  void an_absurd_length_of_a_prefix_costs_no_other_line() {
    List<Fact> facts =
        facts(
            "cat /etc/wireguard/wg0.conf",
            "[Peer]\nAllowedIPs = 10.14.0.0/244294967296, 192.0.2.0/24\n");
    assertThat(facts)
        .singleElement(type(WgConfig.class))
        .satisfies(it -> assertThat(it.peers().get(0).allowedIps()).contains("192.0.2.0/24"));
  }

  @Test
  void public_keys_are_derived_as_wg_does() {
    // RFC 7748, section 6.1: Alice's keys.
    assertThat(Secrets.withoutTenantKey().publicKey("dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo="))
        .isEqualTo("hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=");
  }

  @Test
  void a_preshared_key_of_zeros_is_none() {
    String zeros = "A".repeat(43) + "=";
    assertThat(Secrets.withoutTenantKey().presharedKey(zeros).present().no()).isTrue();
    assertThat(Secrets.withTenantKey(new byte[32]).presharedKey(zeros).present().no()).isTrue();
  }

  private List<Fact> facts(String command, String output) {
    return parsers.parse(observation(command, output)).facts();
  }

  private static Observation observation(String command, String output) {
    return new Observation(AT, "srv", command, null, output, null, null, null);
  }
}
