package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.Lab.addresses;
import static io.wgwhy.engine.session.Lab.asksInVain;
import static io.wgwhy.engine.session.Lab.capture;
import static io.wgwhy.engine.session.Lab.config;
import static io.wgwhy.engine.session.Lab.flow;
import static io.wgwhy.engine.session.Lab.lookup;
import static io.wgwhy.engine.session.Lab.onClient;
import static io.wgwhy.engine.session.Lab.onServer;
import static io.wgwhy.engine.session.Lab.section;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.Neighbours;
import io.wgwhy.facts.tunnel.EndpointCheck;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the initiator sends to, and where the responder is. */
class EndpointChecksTest {

  private static EndpointCheck check(Object... seen) {
    Scene scene = Lab.scene(seen);
    return EndpointChecks.of(scene, HandshakePaths.of(scene));
  }

  @Test
  void the_right_address_and_port_are_the_responders() {
    EndpointCheck check = check(onClient(), onServer());
    assertThat(check.addressIsResponders()).isEqualTo(Answer.YES);
    assertThat(check.portIsResponders()).isEqualTo(Answer.YES);
    assertThat(check.device()).isEqualTo("eth0");
    assertThat(check.routedIntoTunnel()).isEqualTo(Answer.NO);
  }

  @Test
  void an_interface_that_is_not_there_has_no_port_to_compare_with() {
    EndpointCheck check =
        check(
            onClient(),
            config("srv", 0, Lab.S, 51820, List.of(), section(Lab.C, null, null)),
            new io.wgwhy.facts.WgInventory("srv", Lab.ms(1), List.of()));
    assertThat(check.portIsResponders()).isEqualTo(Answer.UNKNOWN);
    assertThat(check.listenPort()).isEqualTo(51820);
  }

  @Test
  void another_port_is_not_the_responders() {
    EndpointCheck check =
        check(
            onClient().endpoint("203.0.113.10:51821"), onServer(), Lab.inventory("srv", 0, Lab.C));
    assertThat(check.portIsResponders()).isEqualTo(Answer.NO);
    assertThat(check.listenPort()).isEqualTo(51820);
  }

  @Test
  void another_address_is_not_the_one_of_a_responder_with_a_public_one() {
    EndpointCheck check = check(onClient().endpoint("203.0.113.99:51820"), onServer());
    assertThat(check.addressIsResponders()).isEqualTo(Answer.NO);
    assertThat(check.responderAddress()).isEqualTo("203.0.113.10");
  }

  @Test
  void behind_nat_nobody_can_tell_whose_the_address_is() {
    EndpointCheck check =
        check(
            addresses("srv", 1, "eth0 192.168.7.2/24", "wg0 10.66.66.1/24"),
            onClient().endpoint("203.0.113.99:51820"),
            onServer());
    assertThat(check.addressIsResponders()).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void behind_nat_initiations_that_arrive_prove_the_address() {
    EndpointCheck check =
        check(
            addresses("srv", 1, "eth0 192.168.7.2/24", "wg0 10.66.66.1/24"),
            asksInVain(60),
            onServer(),
            capture(
                "srv",
                60,
                Direction.IN,
                flow(
                    Direction.IN,
                    MessageType.INITIATION,
                    "192.0.2.2:40000",
                    "192.168.7.2:51820",
                    9)));
    assertThat(check.addressIsResponders()).isEqualTo(Answer.YES);
  }

  @Test
  void an_unseen_responder_is_unknown() {
    Scene scene = Lab.clientAlone(onClient());
    EndpointCheck check = EndpointChecks.of(scene, HandshakePaths.of(scene));
    assertThat(check.addressIsResponders()).isEqualTo(Answer.UNKNOWN);
    assertThat(check.portIsResponders()).isEqualTo(Answer.UNKNOWN);
    assertThat(check.privateUse()).isEqualTo(Answer.NO);
  }

  @Test
  void a_private_endpoint_is_seen_from_one_end() {
    EndpointCheck check = check(onClient().endpoint("192.168.1.5:51820"));
    assertThat(check.privateUse()).isEqualTo(Answer.YES);
    assertThat(check.onInitiatorsLink()).isEqualTo(Answer.NO);
  }

  @Test
  void a_private_endpoint_on_the_own_link_may_be_right() {
    EndpointCheck check =
        check(
            addresses("cli", 1, "eth0 192.168.1.2/24", "wg0 10.66.66.2/32"),
            onClient().endpoint("192.168.1.5:51820"));
    assertThat(check.onInitiatorsLink()).isEqualTo(Answer.YES);
  }

  @Test
  void a_neighbour_that_does_not_answer_is_not_there() {
    Neighbours dead =
        new Neighbours(
            "cli", Lab.ms(1), List.of(new Neighbours.Neighbour("192.0.2.77", "eth0", "FAILED")));
    assertThat(check(onClient().endpoint("192.0.2.77:51820"), dead).neighbourFailed())
        .isEqualTo(Answer.YES);
    assertThat(check(onClient(), dead).neighbourFailed()).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void an_endpoint_that_is_routed_into_the_tunnel_is_a_loop() {
    assertThat(check(onClient(), lookup("cli", 1, "203.0.113.10", "wg0")).routedIntoTunnel())
        .isEqualTo(Answer.YES);
  }

  @Test
  void with_a_mark_the_answer_for_unmarked_packets_does_not_count() {
    // wg-quick's full tunnel: "ip route get" without the mark says wg0.
    EndpointCheck check =
        check(
            new io.wgwhy.facts.WgInterface("cli", Lab.ms(1), "wg0", Lab.C, 40000, 51820),
            lookup("cli", 1, "203.0.113.10", "wg0"),
            onClient());
    assertThat(check.routedIntoTunnel()).isEqualTo(Answer.NO);
  }

  @Test
  void without_routes_the_device_is_unknown() {
    Scene scene = Lab.scene(Lab.routes("cli", 1), onClient());
    EndpointCheck check = EndpointChecks.of(scene, HandshakePaths.of(scene));
    assertThat(check.device()).isNull();
    assertThat(check.routedIntoTunnel()).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void an_endpoint_that_is_configured_by_name_is_said_to_be() {
    Object byName =
        config("cli", 0, Lab.C, null, List.of(), section(Lab.S, "vpn.example.org:51820", 25));
    EndpointCheck check = check(onClient(), byName);
    assertThat(check.name()).isEqualTo(Answer.YES);
    assertThat(check.address()).isEqualTo("203.0.113.10");
  }

  @Test
  void without_an_endpoint_there_is_nothing_to_compare() {
    EndpointCheck check = check(onClient().noEndpoint().keepalive(25), onServer());
    assertThat(check.address()).isNull();
    assertThat(check.addressIsResponders()).isEqualTo(Answer.UNKNOWN);
    assertThat(check.privateUse()).isEqualTo(Answer.UNKNOWN);
  }

  // Both families.

  private static final String BOTH_FAMILIES = "eth0 2001:db8:203::10/64";

  private static EndpointCheck behindARouter(String endpoint) {
    return check(
        addresses("srv", 1, "eth0 192.168.7.2/24", BOTH_FAMILIES, "wg0 10.66.66.1/24"),
        onClient().endpoint(endpoint),
        onServer());
  }

  @Test
  void a_public_address_of_ipv6_does_not_tell_where_a_router_stands_for_it_by_ipv4() {
    EndpointCheck check = behindARouter("203.0.113.99:51820");
    assertThat(check.addressIsResponders()).isEqualTo(Answer.UNKNOWN);
    assertThat(check.responderAddress()).isEqualTo("192.168.7.2");
    assertThat(behindARouter("192.168.1.1:51820").addressIsResponders())
        .as("the inner side of a router that passes the port on")
        .isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void another_address_of_a_family_in_which_the_responder_has_a_public_one_is_not_its() {
    EndpointCheck check = behindARouter("[2001:db8:203::99]:51820");
    assertThat(check.addressIsResponders()).isEqualTo(Answer.NO);
    assertThat(check.responderAddress()).isEqualTo("2001:db8:203::10");
    assertThat(
            check(
                    addresses("srv", 1, "eth0 203.0.113.10/24", BOTH_FAMILIES, "wg0 10.66.66.1/24"),
                    onClient().endpoint("203.0.113.99:51820"),
                    onServer())
                .addressIsResponders())
        .isEqualTo(Answer.NO);
  }
}
