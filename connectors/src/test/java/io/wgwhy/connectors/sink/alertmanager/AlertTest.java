package io.wgwhy.connectors.sink.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Notices;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AlertTest {
  private static final Instant NOW = Notices.NOON.plusSeconds(90);
  private static final Duration HOLDS = Duration.ofMinutes(4);

  @Test
  void labels_are_the_identity_and_annotations_are_for_people() {
    Alert alert = Alert.of(Notices.opened("f1"), NOW, HOLDS);
    assertThat(alert.labels())
        .containsEntry("alertname", "udp-port-blocked-by-host-firewall")
        .containsEntry("tenant", "acme")
        .containsEntry("network", "home")
        .containsEntry("host", "srv")
        .containsEntry("finding", "f1")
        .containsEntry("severity", "critical")
        .hasSize(7);
    assertThat(alert.annotations().get("remedy")).contains(Notices.RUN);
    assertThat(alert.annotations()).containsEntry("tunnel", "cli wg0 → srv wg0");
  }

  @Test
  void an_open_one_holds_until_it_should_have_been_repeated() {
    Alert alert = Alert.of(Notices.opened("f1"), NOW, HOLDS);
    assertThat(alert.startsAt()).isEqualTo(Notices.NOON);
    assertThat(alert.endsAt()).isEqualTo(NOW.plus(HOLDS));
  }

  @Test
  void one_that_is_over_ended_when_the_finding_did_and_has_the_same_labels() {
    Alert over = Alert.of(Notices.resolved("f1"), NOW, HOLDS);
    assertThat(over.endsAt()).isEqualTo(Notices.NOON.plusSeconds(60));
    assertThat(over.labels()).isEqualTo(Alert.of(Notices.opened("f1"), NOW, HOLDS).labels());
  }

  @Test
  void a_clock_that_is_ahead_makes_no_alert_of_the_future() {
    Instant before = Notices.NOON.minusSeconds(10);
    for (Notice notice : new Notice[] {Notices.opened("f1"), Notices.resolved("f1")}) {
      Alert alert = Alert.of(notice, before, HOLDS);
      assertThat(alert.startsAt()).isEqualTo(before);
      assertThat(alert.endsAt()).isAfterOrEqualTo(alert.startsAt());
    }
  }
}
