package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.capture;
import static io.wgwhy.engine.session.Lab.flow;
import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.facts.Answer.NO;
import static io.wgwhy.facts.Answer.UNKNOWN;
import static io.wgwhy.facts.Answer.YES;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.tunnel.DataPath;
import io.wgwhy.facts.tunnel.Leg;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to data while there is a session. */
class DataPathsTest {
  private static final String CLIENT = "192.0.2.2:40000";

  private static DataPath path(Object... seen) {
    return DataPaths.of(
        Lab.scene(
            onClient().at(0).counts(5_000, 5_000).handshake(-5),
            onServer().at(0).endpoint(CLIENT).counts(5_000, 5_000).handshake(-5),
            List.of(seen)));
  }

  @Test
  void data_is_counted_on_its_way_there_and_back() {
    DataPath path =
        path(
            capture(
                "cli",
                5,
                Direction.OUT,
                flow(Direction.OUT, MessageType.DATA, CLIENT, Lab.SERVER, 9)),
            capture(
                "srv",
                5,
                Direction.IN,
                flow(Direction.IN, MessageType.DATA, CLIENT, Lab.SERVER, 8)),
            capture(
                "srv",
                5,
                Direction.OUT,
                flow(Direction.OUT, MessageType.DATA, Lab.SERVER, CLIENT, 7)),
            capture(
                "cli",
                5,
                Direction.IN,
                flow(Direction.IN, MessageType.DATA, Lab.SERVER, CLIENT, 6)));
    assertThat(path.sent()).isEqualTo(Leg.counted(9));
    assertThat(path.arrived()).isEqualTo(Leg.counted(8));
    assertThat(path.returned()).isEqualTo(Leg.counted(7));
    assertThat(path.returnedArrived()).isEqualTo(Leg.counted(6));
  }

  @Test
  void keepalives_and_handshakes_are_no_data() {
    DataPath path =
        path(
            capture(
                "cli",
                5,
                Direction.OUT,
                flow(Direction.OUT, MessageType.KEEPALIVE, CLIENT, Lab.SERVER, 9),
                flow(Direction.OUT, MessageType.INITIATION, CLIENT, Lab.SERVER, 9)));
    assertThat(path.sent()).isEqualTo(Leg.counted(0));
  }

  @Test
  void packets_with_a_tunnel_address_that_leave_for_the_world_are_raw() {
    DataPath path =
        path(
            capture(
                "srv",
                5,
                Direction.OUT,
                flow(Direction.OUT, MessageType.ECHO_REQUEST, "10.66.66.2:0", "192.0.2.80:0", 4)),
            capture(
                "srv",
                5,
                Direction.IN,
                flow(Direction.IN, MessageType.ECHO_REPLY, "192.0.2.80:0", "10.66.66.2:0", 3)));
    assertThat(path.forwardedRaw()).isEqualTo(Leg.counted(4));
    assertThat(path.forwardedReplies()).isEqualTo(Leg.counted(3));
  }

  @Test
  void nobody_looked_or_only_through_a_slit() {
    assertThat(path().forwardedRaw()).isEqualTo(Leg.UNKNOWN);
    Capture narrow =
        new Capture(
            "srv", Lab.ms(5), "eth0", Direction.OUT, null, 0, YES, NO, List.of(), List.of());
    assertThat(path(narrow).forwardedRaw()).isEqualTo(Leg.UNKNOWN);
  }

  @Test
  void a_capture_of_handshakes_only_counts_the_data_that_it_shows_and_misses_none() {
    Capture handshakes =
        new Capture(
            "cli",
            Lab.ms(5),
            "eth0",
            Direction.OUT,
            null,
            0,
            YES,
            YES,
            NO,
            List.of(),
            List.of(),
            null);
    assertThat(path(handshakes).sent()).isEqualTo(Leg.UNKNOWN);
    Capture shown =
        new Capture(
            "cli",
            Lab.ms(10),
            "eth0",
            Direction.OUT,
            null,
            3,
            YES,
            YES,
            NO,
            List.of(flow(Direction.OUT, MessageType.DATA, CLIENT, Lab.SERVER, 3)),
            List.of(),
            null);
    assertThat(path(handshakes, shown).sent()).isEqualTo(Leg.counted(3));
  }

  @Test
  void bytes_that_the_initiator_did_not_get_are_missed() {
    assertThat(
            path(
                    onClient().at(30).counts(14_916, 9_000).handshake(-5),
                    onServer().at(30).endpoint(CLIENT).counts(9_000, 42_504).handshake(-5))
                .sentUnheardByResponder())
        .isEqualTo(YES);
  }

  @Test
  void a_few_packets_on_the_way_between_two_dumps_are_not_missed() {
    assertThat(
            path(
                    onClient().at(30).counts(40_000, 9_000).handshake(-5),
                    onServer().at(30).endpoint(CLIENT).counts(9_000, 42_504).handshake(-5))
                .sentUnheardByResponder())
        .isEqualTo(NO);
  }

  @Test
  void totals_prove_nothing_as_either_end_may_have_been_restarted() {
    Scene scene =
        Lab.scene(
            onClient().at(1).counts(1_000, 1_000).handshake(0),
            onServer().at(1).endpoint(CLIENT).counts(900_000, 900_000).handshake(0));
    assertThat(DataPaths.of(scene).sentUnheardByResponder()).isEqualTo(UNKNOWN);
    assertThat(
            path(
                    onClient().at(30).counts(1_000, 1_000).handshake(25),
                    onClient().at(40).counts(2_000, 2_000).handshake(25),
                    onServer().at(40).endpoint(CLIENT).counts(6_000, 900_000).handshake(25))
                .sentUnheardByResponder())
        .as("and over a restart nobody knows when it happened")
        .isNotEqualTo(YES);
  }
}
