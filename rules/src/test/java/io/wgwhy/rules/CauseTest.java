package io.wgwhy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.finding.Finding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CauseTest {
  private final Cause blocked = Sample.book().cause("port-is-blocked");
  private final Map<String, Object> values = new HashMap<>(Sample.values());

  @Test
  void the_title_is_plain_text_with_the_real_values() {
    assertThat(blocked.title(values)).isEqualTo("srv's firewall drops WireGuard's packets");
  }

  @Test
  void commands_carry_the_real_values_and_the_host_where_they_belong() {
    values.put("port", 51820);
    values.put("ufw", true);

    assertThat(blocked.remedy(values))
        .isEqualTo(
            new Finding.Remedy(
                "Let UDP port 51820 in.",
                List.of(
                    new Finding.Step(
                        "srv",
                        "sudo ufw allow 51820/udp",
                        "lets the packets in",
                        "sudo ufw delete allow 51820/udp"),
                    new Finding.Step(
                        "srv",
                        "sudo iptables -I INPUT -p udp --dport 51820 -j ACCEPT",
                        "lets the packets in",
                        null)),
                new Finding.Verification(
                    "cli", "wg show wg0 latest-handshakes", "a time that is not 0")));
  }

  @Test
  void a_step_whose_condition_does_not_hold_is_left_out() {
    assertThat(blocked.remedy(values).steps()).hasSize(1);
    for (Object no : new Object[] {false, Answer.NO, Answer.UNKNOWN, ""}) {
      values.put("ufw", no);
      assertThat(blocked.remedy(values).steps()).hasSize(1);
    }
    values.put("ufw", Answer.YES);
    assertThat(blocked.remedy(values).steps()).hasSize(2);
  }

  @Test
  void a_missing_value_is_a_placeholder_and_never_a_hole() {
    Finding.Remedy remedy = blocked.remedy(Map.of());

    assertThat(remedy.summary()).isEqualTo("Let UDP port <PORT> in.");
    assertThat(remedy.steps().get(0).run()).contains("--dport <PORT> -j");
    assertThat(remedy.verify().run()).isEqualTo("wg show <IFACE> latest-handshakes");
  }

  @Test
  void a_host_that_is_not_known_is_null() {
    assertThat(blocked.remedy(Map.of()).steps().get(0).on()).isNull();
    assertThat(blocked.look(Map.of()).on()).isNull();
  }

  @Test
  void the_next_observation_names_the_cause_that_it_decides() {
    assertThat(blocked.look(values))
        .isEqualTo(
            new Finding.NextObservation(
                "srv", "sudo nft list ruleset", List.of("port-is-blocked")));
    assertThat(Sample.book().cause("nobody-listens").look(values)).isNull();
  }
}
