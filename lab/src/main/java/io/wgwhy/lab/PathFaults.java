package io.wgwhy.lab;

import static io.wgwhy.lab.Demand.ping;
import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.ROUTER;
import static io.wgwhy.lab.Topology.SRV;
import static io.wgwhy.lab.Topology.TRANSIT;

import java.util.List;

/** What happens to packets between the two ends, and at an end that is not there. */
final class PathFaults {
  private static final String UPSTREAM = "udp-port-blocked-upstream";

  private static final Change DROP_TO_SERVER =
      Change.nft(TRANSIT, "inet lab", FilterFaults.forward("udp dport 51820 counter drop"));

  private static final Change DROP_TO_CLIENT =
      Change.nft(TRANSIT, "inet lab", FilterFaults.forward("udp sport 51820 counter drop"));

  static final List<Fault> ALL =
      List.of(
          Fault.named("upstream-drop", UPSTREAM)
              .what("provider or cloud security group drops the port towards the server")
              .told(
                  "The packets leave the client's NAT and never arrive at the server's NIC.",
                  "no",
                  "half: nothing arrives, so the loss is before the server, not where")
              .by(DROP_TO_SERVER),
          Fault.named("upstream-drop-gives-up", UPSTREAM)
              .what("the same, with one question only: after 20 initiations WireGuard is silent")
              .told(
                  "tx stands still at 2960: nothing is sent any more, and nothing is well.",
                  "half: 20 unanswered initiations, no handshake, then silence",
                  "half: nothing arrives")
              .stage(Change.peerWithout(CLI, "PersistentKeepalive"))
              .by(DROP_TO_SERVER)
              .lasting(125, List.of(ping(0.9, CLI, "10.66.66.1", 3))),
          Fault.named("upstream-drop-mid-session", UPSTREAM)
              .what("the way to the server is cut while the tunnel works")
              .told(
                  "The server's initiations arrive at the client, its answers do not arrive there.",
                  "half: rx grows by 148 and tx by 92: I am heard no more",
                  "half: sends, hears nothing; 148s out",
                  "a one-way cut is visible at the hearing end")
              .midway(DROP_TO_SERVER)
              .lasting(
                  75,
                  List.of(
                      ping(0.8, CLI, "10.66.66.1", 6),
                      ping(9.8, CLI, "10.66.66.1", 58),
                      ping(9.9, SRV, "10.66.66.2", 58))),
          Fault.named("transit-reply-drop", "udp-replies-blocked")
              .what("a router between server and client drops the answers")
              .told(
                  "Server accepts and answers (92s leave its NIC); nothing arrives at the client.",
                  "no",
                  "no: same as PSK mismatch and as a client that drops the answers")
              .by(DROP_TO_CLIENT),
          Fault.named("transit-reply-drop-mid-session", "udp-replies-blocked")
              .what("the way back from the server is cut while the tunnel works")
              .told(
                  "The client starts handshakes from 15 s on; the server hears and answers all.",
                  "half: rx still, a 148 every 5 s",
                  "half: rx +148, tx +92 every 5 s, the latest handshake stands still, data comes")
              .midway(DROP_TO_CLIENT),
          Fault.named("cli-router-blocks-udp", UPSTREAM)
              .what("the client's own router drops UDP to the port")
              .told(
                  "The packets do not reach the WAN side of the router.",
                  "no: as upstream-drop; another access network can tell",
                  "half: nothing arrives")
              .by(
                  Change.nft(
                      ROUTER, "inet lab", FilterFaults.forward("udp dport 51820 counter drop"))),
          Fault.named("server-host-down", "responder-unreachable")
              .what("the server's machine loses its power while the tunnel works")
              .told(
                  "The last router says host unreachable; X does not answer ping.",
                  "half: ICMP host unreachable from a router, after it worked",
                  "nobody can look there")
              .midway(
                  Change.of(
                      lab -> {
                        lab.host(SRV).power(false);
                        lab.host(TRANSIT).ip("link set port1 down");
                      },
                      lab -> {
                        lab.host(TRANSIT).ip("link set port1 up");
                        lab.host(SRV).power(true);
                      })),
          Fault.named(
                  "server-process-dead",
                  "responder-not-listening",
                  "responder-unreachable",
                  "interface-down")
              .what("wireguard-go at the server ends while the tunnel works")
              .told(
                  "No interface, no listener: ICMP port unreachable from the server.",
                  "no: same as reject and wrong port",
                  "yes: wg show is empty")
              .midway(
                  Change.of(
                      lab -> lab.host(SRV).ip("link delete wg0"),
                      lab -> {
                        // What PostDown did not do.
                        for (String flush : Wiring.POST_DOWN.split("; ")) {
                          lab.host(SRV).run(flush).orFail();
                        }
                        lab.quick(SRV, "up");
                      })),
          Fault.named(
                  "replies-take-another-route", "replies-take-another-route", "udp-replies-blocked")
              .what("the server has two lines and its default route is the other one")
              .told(
                  "The initiations come in on eth0, the answers leave by eth1 with eth0's address;"
                      + " that line's provider drops foreign source addresses.",
                  "no: same as every lost answer",
                  "yes: 92s go out of another interface than the 148s came in by")
              .in(Topology.twoLines())
              .by(
                  Change.command(
                      SRV,
                      "ip route replace default via 198.18.0.1 dev eth1",
                      "ip route replace default via 203.0.113.1 dev eth0")),
          nat("nat-timeout-same-port", "the NAT gives the same port again", ""),
          nat("nat-timeout-new-port", "the NAT gives a new port", " random,fully-random"),
          Fault.named("nat-timeout-keepalive-ok")
              .what("the same NAT, with PersistentKeepalive = 15")
              .told("The keepalive holds the mapping open.", "yes", "yes")
              .stage(shortMappings("").and(Change.peer(CLI, "PersistentKeepalive", "15")))
              .lasting(90, natDemands()));

  private PathFaults() {}

  private static Fault nat(String name, String what, String flags) {
    return Fault.named(name, "nat-mapping-expired")
        .what("no keepalive; " + what)
        .told(
            "After idleness the NAT has no mapping: server to client is dropped at the NAT's WAN"
                + " side until the client sends again.",
            "no: it sees nothing at all (that is the point)",
            "half: sends to the last endpoint, nothing comes back; reached when the client speaks")
        .stage(shortMappings(flags))
        .by(Change.peerWithout(CLI, "PersistentKeepalive"))
        .lasting(90, natDemands());
  }

  private static List<Demand> natDemands() {
    return List.of(
        ping(0.8, CLI, "10.66.66.1", 4),
        ping(3.8, SRV, "10.66.66.2", 4),
        ping(44.8, SRV, "10.66.66.2", 25),
        ping(74.8, CLI, "10.66.66.1", 4),
        ping(77.8, SRV, "10.66.66.2", 4));
  }

  /** A router that forgets a mapping after 20 s. */
  private static Change shortMappings(String flags) {
    Change masquerade =
        Change.of(
            lab -> lab.host(ROUTER).nft(Wiring.homeRouter(flags)),
            lab -> lab.host(ROUTER).nft(Wiring.homeRouter("")));
    return masquerade
        .and(Change.sysctl(ROUTER, "net.netfilter.nf_conntrack_udp_timeout", "20", "30"))
        .and(Change.sysctl(ROUTER, "net.netfilter.nf_conntrack_udp_timeout_stream", "20", "120"));
  }
}
