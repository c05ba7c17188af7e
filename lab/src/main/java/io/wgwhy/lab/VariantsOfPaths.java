package io.wgwhy.lab;

import static io.wgwhy.lab.Demand.fetch;
import static io.wgwhy.lab.Demand.ping;
import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.ROUTER;
import static io.wgwhy.lab.Topology.SRV;
import static io.wgwhy.lab.Topology.TRANSIT;

import java.util.List;

/** Other lines between the ends, other ways to look at them. */
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
          Fault.named("v-any-upstream-drop", UPSTREAM)
              .what("captures on any, wg show as text; a router drops the port")
              .told("Nothing arrives.", "no", "half: nothing arrives")
              .in(HOME.with(VariantsOfPaths::anyAndText))
              .by(
                  Change.nft(
                      TRANSIT, "inet lab", FilterFaults.forward("udp dport 51820 counter drop"))),
          Fault.named("v-any-healthy")
              .what("captures on any, wg show as text")
              .told("Everything works.", "yes", "yes")
              .in(HOME.with(VariantsOfPaths::anyAndText)),
          Fault.named("v-any-wrong-client-key", "public-key-mismatch")
              .what("captures on any, wg show as text; the server has another key for the client")
              .told("148s arrive, nothing is counted.", "no", "half")
              .in(HOME.with(VariantsOfPaths::anyAndText))
              .by(
                  Change.of(
                      lab ->
                          lab.conf(
                              SRV,
                              it ->
                                  it.peer(0, p -> p.set("PublicKey", Keys.generate().publicKey()))),
                      lab -> lab.heal(SRV))),
          Fault.named("v-no-client-captures-reply-drop", "udp-replies-blocked")
              .what("nobody captures at the client; a router drops the answers")
              .told(
                  "Server accepts and answers; whether the answer arrives is not seen.",
                  "no",
                  "no",
                  "likely at most: a preshared key mismatch looks the same without the client's capture")
              .in(HOME.with(lab -> lab.view(CLI, View::notCaptured)))
              .by(
                  Change.nft(
                      TRANSIT, "inet lab", FilterFaults.forward("udp sport 51820 counter drop"))),
          Fault.named("v-no-server-captures-blocked", FilterFaults.BLOCKED)
              .what("nobody captures at the server; its firewall drops the port")
              .told(
                  "Whether the initiations arrive is told by the rule's counter only.",
                  "no",
                  "yes: the counter")
              .in(HOME.with(lab -> lab.view(SRV, View::notCaptured)))
              .by(
                  Change.nft(
                      SRV, "inet filter", FilterFaults.input("udp dport 51820 counter drop"))),
          Fault.named("v-no-captures-psk", "preshared-key-mismatch")
              .what("no captures at all; the preshared keys differ")
              .told("By the confs, which hold both keys.", "no", "no")
              .in(
                  HOME.with(
                      lab -> {
                        lab.view(SRV, View::notCaptured);
                        lab.view(CLI, View::notCaptured);
                      }))
              .by(VariantsOfPeers.psk(CLI).and(VariantsOfPeers.psk(SRV))),
          Fault.named("v-upstream-drop-heals", UPSTREAM)
              .what("a router drops the port from 20 s to 60 s; then the tunnel works again")
              .told("Found meanwhile, resolved at the end.", "half", "half")
              .midway(
                  20,
                  Change.nft(
                      TRANSIT, "inet lab", FilterFaults.forward("udp dport 51820 counter drop")))
              .healing(60)
              .lasting(100, List.of(ping(0.9, CLI, "10.66.66.1", 92))),
          Fault.named("v-forward-off-heals", "ip-forward-off")
              .what("ip_forward is off from 15 s to 45 s")
              .told("Found meanwhile, resolved at the end.", "no", "yes: sysctl")
              .midway(15, Change.sysctl(SRV, "net.ipv4.ip_forward", "0", "1"))
              .healing(45)
              .lasting(80, List.of(ping(0.9, CLI, "192.0.2.80", 72))),
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
              .lasting(60, dual()),
          Fault.named("v-dual-stack-v6-forward-off", "ip-forward-off")
              .what("both families inside; IPv6 is not forwarded at the server, IPv4 is")
              .told(
                  "IPv4 works, IPv6 ends at the server.",
                  "no",
                  "yes: net.ipv6.conf.all.forwarding = 0")
              .in(HOME.with(Surroundings::dualStackInside))
              .by(Change.sysctl(SRV, "net.ipv6.conf.all.forwarding", "0", "1"))
              .lasting(60, dual()),
          Fault.named("v-full-tunnel-two-families-healthy")
              .what("0.0.0.0/0 and ::/0, both inside")
              .told("Everything works.", "yes", "yes")
              .in(HOME.with(Surroundings::dualStackInside))
              .stage(Change.peer(CLI, "AllowedIPs", "0.0.0.0/0, ::/0"))
              .lasting(60, dual()),
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
          Fault.named("v-clock-skew-healthy")
              .what("the server's clock is 300 s ahead, the client's 40 s behind; arrival is known")
              .told("Different clocks are harmless by themselves.", "yes", "yes")
              .in(
                  HOME.with(
                      lab -> {
                        lab.view(SRV, it -> it.ahead(300));
                        lab.view(CLI, it -> it.ahead(-40));
                      })),
          Fault.named("v-clock-skew-blocked", FilterFaults.BLOCKED)
              .what("the same clocks; the firewall drops the port")
              .told("The clocks have nothing to do with it.", "no", "yes")
              .in(
                  HOME.with(
                      lab -> {
                        lab.view(SRV, it -> it.ahead(300));
                        lab.view(CLI, it -> it.ahead(-40));
                      }))
              .by(Change.nft(SRV, "inet filter", FilterFaults.FORGETFUL)),
          Fault.named("v-restart-healthy")
              .what("somebody restarts the server's interface; it works before and after")
              .told("Everything works.", "yes", "yes")
              .midway(25, Change.of(lab -> lab.restart(SRV), lab -> {}))
              .lasting(75, List.of(ping(0.9, CLI, "10.66.66.1", 66))),
          Fault.named("v-rekey-pages-only-healthy")
              .what("a page every 25 s, no keepalive; a new handshake at 120 s is in view")
              .told("Everything works.", "yes", "yes")
              .in(HOME.with(Surroundings.keepalive(0)))
              .lasting(
                  150,
                  List.of(
                      fetch(2.9, "http://192.0.2.80/", true, 6),
                      fetch(28, "http://192.0.2.80/", true, 6),
                      fetch(53, "http://192.0.2.80/", true, 6),
                      fetch(78, "http://192.0.2.80/", true, 6),
                      fetch(103, "http://192.0.2.80/", true, 6),
                      fetch(128, "http://192.0.2.80/", true, 6))),
          Fault.named("v-short-healthy")
              .what("20 seconds of a recording")
              .told("Everything works.", "yes", "yes")
              .lasting(20, List.of(ping(0.9, CLI, "10.66.66.1", 16))),
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

  private static void anyAndText(Lab lab) {
    for (String end : List.of(CLI, SRV)) {
      lab.view(end, it -> it.oneCapture("any").asText());
    }
  }

  private static List<Demand> dual() {
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
