package io.wgwhy.lab;

import static io.wgwhy.lab.Demand.fetch;
import static io.wgwhy.lab.Demand.ping;
import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.ROUTER;
import static io.wgwhy.lab.Topology.SRV;
import static io.wgwhy.lab.Topology.TRANSIT;

import java.util.List;

/** Other lines between the ends. */
final class VariantsOfPaths {
  private static final Topology HOME = Topology.homeOffice();
  private static final String UPSTREAM = "udp-port-blocked-upstream";
  private static final String PORT = "endpoint-port-mismatch";

  static final List<Fault> ALL =
      List.of(
          Fault.named("v-v6-upstream-drop", UPSTREAM)
              .what("IPv6 outside; a router on the way drops the port")
              .told("Nothing arrives.", "no", "half: nothing arrives")
              .in(HOME.with(Surroundings::ipv6Outside))
              .by(
                  Change.nft(
                      TRANSIT, "inet lab", FilterFaults.forward("udp dport 51820 counter drop"))),
          Fault.named("v-v6-wrong-endpoint", "endpoint-wrong-address")
              .what("IPv6 outside; a typo in the address, which nobody has")
              .told(
                  "ICMPv6 address unreachable from the last router.",
                  "half",
                  "half: nothing arrives")
              .in(HOME.with(Surroundings::ipv6Outside))
              .by(Change.peer(CLI, "Endpoint", "[2001:db8:203::99]:51820")),
          Fault.named("v-v6-wrong-port", PORT)
              .what("IPv6 outside; the client says 51280")
              .told("ICMPv6 port unreachable from the server.", "half", "yes: port of the 148s")
              .in(HOME.with(Surroundings::ipv6Outside))
              .by(Change.peer(CLI, "Endpoint", "[2001:db8:203::10]:51280")),
          Fault.named("v-v6-healthy")
              .what("IPv6 outside, IPv4 inside")
              .told("Everything works.", "yes", "yes")
              .in(HOME.with(Surroundings::ipv6Outside)),
          Fault.named("v-v6-reply-drop", "udp-replies-blocked")
              .what("IPv6 outside; a router drops the answers; one capture for both directions")
              .told("Server answers, nothing comes.", "no", "no")
              .in(
                  HOME.with(Surroundings::ipv6Outside)
                      .with(
                          lab -> {
                            lab.view(CLI, it -> it.oneCapture("eth0"));
                            lab.view(SRV, it -> it.oneCapture("eth0"));
                          }))
              .by(
                  Change.nft(
                      TRANSIT, "inet lab", FilterFaults.forward("udp sport 51820 counter drop"))),
          Fault.named("v-dnat-healthy")
              .what("the server behind a router that forwards the port")
              .told("Everything works.", "yes", "yes")
              .in(HOME.with(Surroundings.portForward("10.0.0.10:51820"))),
          Fault.named("v-dnat-missing", UPSTREAM, "endpoint-wrong-address")
              .what("the server's router does not forward the port; it refuses it itself")
              .told(
                  "ICMP port unreachable from the router, which has the public address.",
                  "half: as a closed port",
                  "half: nothing arrives")
              .in(HOME.with(Surroundings.portForward(""))),
          Fault.named("v-dnat-wrong-port", PORT)
              .what("the server's router forwards to port 51821, the server listens on 51820")
              .told(
                  "The 148s arrive for another port.", "half", "yes: destination port of the 148s")
              .in(HOME.with(Surroundings.portForward("10.0.0.10:51821"))),
          Fault.named(
                  "v-dnat-private-endpoint", "endpoint-private-address", "endpoint-wrong-address")
              .what("the client has the server's private address as Endpoint")
              .told("Silence.", "half: a private address", "half: nothing arrives")
              .in(HOME.with(Surroundings.portForward("10.0.0.10:51820")))
              .by(Change.peer(CLI, "Endpoint", "10.0.0.10:51820")),
          Fault.named(
                  "v-bridge-masquerade-names-member",
                  "masquerade-on-wrong-interface",
                  "masquerade-missing")
              .what("the server's address is on a bridge; masquerade names its member eth0")
              .told(
                  "Packets leave with the tunnel address.",
                  "no",
                  "yes: the rule names eth0, which is not the outer port")
              .in(HOME.with(Surroundings::bridge))
              .by(Change.conf(SRV, it -> it.set("PostUp", Wiring.POST_UP))),
          Fault.named("v-bridge-healthy")
              .what("the server's address is on a bridge")
              .told("Everything works.", "yes", "yes")
              .in(HOME.with(Surroundings::bridge)),
          Fault.named("v-policy-routing-healthy")
              .what("Table = off, a mark, rules of one's own, full tunnel")
              .told("Everything works.", "yes", "yes")
              .in(HOME.with(Surroundings::policyRouting)),
          Fault.named("v-policy-routing-no-mark")
              .what("the mark is forgotten, but the first packet went before the route changed")
              .told(
                  "It works: the socket stays with the line of its first packet.",
                  "yes",
                  "yes",
                  "at most a risk")
              .in(HOME.with(Surroundings::policyRouting))
              .stage(Change.conf(CLI, it -> it.remove("FwMark"))),
          Fault.named("v-policy-routing-loop", "routing-loop")
              .what("Table = off, rules of one's own, the mark forgotten, no keepalive")
              .told(
                  "The encrypted packets are routed into wg0 again.",
                  "yes: ip route get",
                  "half: nothing arrives")
              .in(HOME.with(Surroundings::policyRouting).with(Surroundings.keepalive(0)))
              .by(Change.conf(CLI, it -> it.remove("FwMark"))),
          Fault.named("v-dual-stack-healthy")
              .what("both families inside")
              .told("Everything works.", "yes", "yes")
              .in(HOME.with(Surroundings::dualStackInside))
              .lasting(60, bothFamilies()),
          Fault.named("v-dual-stack-v6-forward-off", "ip-forward-off")
              .what("both families inside; IPv6 is not forwarded at the server, IPv4 is")
              .told(
                  "IPv4 works, IPv6 ends at the server.",
                  "no",
                  "yes: net.ipv6.conf.all.forwarding = 0")
              .in(HOME.with(Surroundings::dualStackInside))
              .by(Change.sysctl(SRV, "net.ipv6.conf.all.forwarding", "0", "1"))
              .lasting(60, bothFamilies()),
          Fault.named("v-full-tunnel-two-families-healthy")
              .what("0.0.0.0/0 and ::/0, both inside")
              .told("Everything works.", "yes", "yes")
              .in(HOME.with(Surroundings::dualStackInside))
              .stage(Change.peer(CLI, "AllowedIPs", "0.0.0.0/0, ::/0"))
              .lasting(60, bothFamilies()),
          Fault.named(
                  "v-full-tunnel-masquerade-missing",
                  "masquerade-missing",
                  "masquerade-on-wrong-interface")
              .what("full tunnel, pages only; no masquerade, other names")
              .told("Packets leave eth0 with the tunnel address.", "no", "yes")
              .in(
                  HOME.with(
                      Surroundings.names("phone", "wg0", "edge-1", "wg1")
                          .andThen(Surroundings.port(1194))))
              .stage(Change.peer(CLI, "AllowedIPs", "0.0.0.0/0"))
              .by(
                  Change.conf(
                      SRV,
                      it ->
                          it.set(
                              "PostUp",
                              "iptables -A FORWARD -i %i -j ACCEPT; iptables -A FORWARD -o %i -j ACCEPT")))
              .lasting(60, pages()),
          Fault.named("v-client-listen-port-healthy")
              .what("the client has a ListenPort, too, and the NAT keeps it")
              .told("Everything works.", "yes", "yes")
              .in(HOME.with(lab -> lab.conf(CLI, it -> it.set("ListenPort", "51820")))),
          Fault.named("v-v6-mtu-blackhole", "mtu-too-large")
              .what("IPv6 outside; a hop of 1400 bytes whose packet-too-big is blocked")
              .told("Small packets pass, large ones are lost.", "yes by test", "yes by test")
              .in(HOME.with(Surroundings::ipv6Outside))
              .by(
                  Change.of(
                      lab -> {
                        lab.host(TRANSIT).ip("link set access mtu 1400");
                        lab.host(ROUTER).ip("link set wan mtu 1400");
                        for (String router : List.of(TRANSIT, ROUTER)) {
                          lab.host(router)
                              .nft(
                                  "table inet quiet {\n"
                                      + FilterFaults.output("icmpv6 type packet-too-big drop")
                                      + "\n}\n");
                        }
                      },
                      lab -> {
                        lab.host(TRANSIT).ip("link set access mtu 1500");
                        lab.host(ROUTER).ip("link set wan mtu 1500");
                        for (String router : List.of(TRANSIT, ROUTER)) {
                          lab.host(router).run("nft delete table inet quiet").orFail();
                        }
                      })),
          Fault.named("v-nat-timeout-names", "nat-mapping-expired")
              .what("a mobile network forgets mappings after 20 s; no keepalive; other names")
              .told(
                  "Server to client is dropped after idleness until the client speaks.",
                  "no",
                  "half")
              .in(HOME.with(Surroundings.names("phone", "tun0", "gateway", "wg-clients")))
              .stage(
                  Change.sysctl(ROUTER, "net.netfilter.nf_conntrack_udp_timeout", "20", "30")
                      .and(
                          Change.sysctl(
                              ROUTER,
                              "net.netfilter.nf_conntrack_udp_timeout_stream",
                              "20",
                              "120")))
              .by(Change.peerWithout(CLI, "PersistentKeepalive"))
              .lasting(
                  95,
                  List.of(
                      fetch(0.9, "http://192.0.2.80/", true, 6),
                      ping(42, SRV, "10.66.66.2", 30),
                      fetch(78, "http://192.0.2.80/", true, 6),
                      ping(82, SRV, "10.66.66.2", 4))));

  private VariantsOfPaths() {}

  /** The other end and what is behind it, in both families. */
  static List<Demand> bothFamilies() {
    return List.of(
        ping(0.9, CLI, "10.66.66.1", 50),
        ping(2.9, CLI, "192.0.2.80", 10),
        ping(3.9, CLI, "2001:db8:66::1", 10),
        ping(15.9, CLI, "2001:db8:192::80", 20),
        ping(38, SRV, "2001:db8:66::2", 4));
  }

  private static List<Demand> pages() {
    return List.of(
        fetch(2.9, "http://192.0.2.80/", true, 6),
        fetch(12.9, "http://192.0.2.80/", true, 6),
        fetch(25.9, "http://192.0.2.80/big", false, 8),
        ping(40, CLI, "192.0.2.80", 8));
  }
}
