package io.wgwhy.connectors.collect.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpdumpParserTest {
  @ParameterizedTest
  @CsvSource({
    "tcpdump -ni eth0, YES",
    "tcpdump -ni eth0 udp or icmp, YES",
    "tcpdump -ni eth0 '(udp or icmp) and not port 22', YES",
    "tcpdump -ni eth0 not tcp, YES",
    "tcpdump -ni eth0 udp, NO",
    "tcpdump -ni eth0 udp port 51820, NO",
    "tcpdump -ni eth0 udp port 51820 or icmp, NO",
    "tcpdump -ni eth0 host 203.0.113.10, NO",
    "tcpdump -ni eth0 udp or icmp and host 203.0.113.10, NO",
    "tcpdump -c 20 -s 256 -B 8192 -i eth0 2>&1, YES",
  })
  void a_filter_that_lets_less_through_is_told(String command, Answer filter) {
    assertThat(TcpdumpCommand.of(CommandLine.of(command)).filter()).isEqualTo(filter);
  }

  @Test
  void a_capture_of_handshakes_shows_handshakes_and_says_nothing_of_data() {
    TcpdumpCommand command =
        TcpdumpCommand.of(
            CommandLine.of("tcpdump -ni eth0 -Q in '" + HandshakeFilter.EXPRESSION + "'"));

    assertThat(command.filter()).isEqualTo(Answer.YES);
    assertThat(command.data()).isEqualTo(Answer.NO);
    assertThat(command.device()).isEqualTo("eth0");
  }

  @Test
  void device_and_direction_come_from_the_command() {
    TcpdumpCommand command =
        TcpdumpCommand.of(CommandLine.of("sudo timeout 5 tcpdump -lnni eth0 -Q in udp or icmp"));

    assertThat(command.device()).isEqualTo("eth0");
    assertThat(command.direction()).isEqualTo(Direction.IN);
  }

  @Test
  void an_empty_window_is_news_but_a_failure_is_not() {
    assertThat(read("tcpdump -i eth0", 0, "").packets()).isZero();
    assertThat(new Parsers(Secrets.withoutTenantKey()).parse(observation(1, "")).facts())
        .noneMatch(Capture.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(ints = {134, 137, 139})
  void a_capture_that_was_killed_has_not_seen_that_nothing_came(int exit) {
    assertThat(new Parsers(Secrets.withoutTenantKey()).parse(observation(exit, "")).facts())
        .noneMatch(Capture.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 124, 130, 143})
  void a_capture_that_was_ended_has(int exit) {
    assertThat(read("tcpdump -i eth0", exit, "").packets()).isZero();
  }

  @Test
  void a_capture_whose_device_went_away_proves_no_absence() {
    String gone = "tcpdump: pcap_loop: The interface disappeared\n";
    assertThat(new Parsers(Secrets.withoutTenantKey()).parse(observation(1, gone)).facts())
        .singleElement()
        .isInstanceOfSatisfying(
            CommandFailure.class,
            it -> assertThat(it.reason()).isEqualTo(CommandFailure.Reason.NO_SUCH_DEVICE));
    String summed = gone + "0 packets captured\n0 packets received by filter\n";
    assertThat(read("tcpdump -i eth0", 1, summed).complete()).isEqualTo(Answer.NO);
  }

  @Test
  void a_capture_that_stopped_after_some_packets_proves_no_absence() {
    String line = "1795350600.100000 IP 198.51.100.20.4 > 203.0.113.10.51820: UDP, length 148\n";

    assertThat(read("tcpdump -tt -i eth0", 0, line).complete()).isEqualTo(Answer.YES);
    assertThat(read("tcpdump -tt -c 1 -i eth0", 0, line).complete()).isEqualTo(Answer.NO);
  }

  @Test
  void times_are_on_the_receivers_timeline() {
    String line = "1795350600.100000 IP 198.51.100.20.4 > 203.0.113.10.51820: UDP, length 148\n";
    Observation skewed =
        new Observation(
            1795350601, "srv", "tcpdump -tt -i eth0", 0, line, 1795350631.0, null, null);

    Capture capture =
        (Capture) new Parsers(Secrets.withoutTenantKey()).parse(skewed).facts().get(1);
    assertThat(capture.flows().get(0).firstAt()).isEqualTo(1795350630100L);
  }

  private static Capture read(String command, int exit, String output) {
    Observation observation =
        new Observation(1795350601, "srv", command, exit, output, null, null, null);
    return (Capture) new Parsers(Secrets.withoutTenantKey()).parse(observation).facts().get(0);
  }

  private static Observation observation(int exit, String output) {
    return new Observation(1795350601, "srv", "tcpdump -i eth0", exit, output, null, null, null);
  }
}
