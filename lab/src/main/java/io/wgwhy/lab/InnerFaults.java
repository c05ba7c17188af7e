package io.wgwhy.lab;

import static io.wgwhy.lab.Demand.fetch;
import static io.wgwhy.lab.Demand.ping;
import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.SRV;
import static io.wgwhy.lab.Topology.TRANSIT;

import java.util.List;

/** The tunnel works, and what is inside of it does not: size, names. */
final class InnerFaults {
  private static final String MTU = "mtu-too-large";
  private static final String DNS = "dns-through-tunnel-fails";
  private static final String MTU_TOLD =
      "Handshake and small packets are good; every large outer packet is lost.";

  static final List<Fault> ALL =
      List.of(
          Fault.named("mtu-blackhole-icmp-blocked", MTU)
              .what("a hop of 1400 bytes whose ICMP is blocked, tunnel MTU 1420")
              .told(
                  MTU_TOLD,
                  "yes by test: ping -M do with falling sizes",
                  "yes by test, likewise",
                  "wireguard-go sends with DF; the kernel module does not")
              .by(
                  Change.of(
                          lab -> lab.host(TRANSIT).ip("link set access mtu 1400"),
                          lab -> lab.host(TRANSIT).ip("link set access mtu 1500"))
                      .and(
                          Change.of(
                              lab -> lab.host(Topology.ROUTER).ip("link set wan mtu 1400"),
                              lab -> lab.host(Topology.ROUTER).ip("link set wan mtu 1500")))
                      .and(noTooBig(TRANSIT))
                      .and(noTooBig(Topology.ROUTER))),
          Fault.named("mtu-silent-size-drop", MTU)
              .what("a hop that drops UDP packets of more than 1400 bytes without a word")
              .told(MTU_TOLD, "yes by test: ping -M do with falling sizes", "yes by test, likewise")
              .by(
                  Change.nft(
                      TRANSIT,
                      "inet lab",
                      FilterFaults.forward("meta l4proto udp ip length > 1400 counter drop"))),
          Fault.named("mtu-silent-size-drop-to-client", MTU)
              .what("the same, only towards the client")
              .told(
                  "Downloads hang, uploads work.",
                  "yes by test: large answers do not come",
                  "half: tx grows by what the client does not receive")
              .by(
                  Change.nft(
                      TRANSIT,
                      "inet lab",
                      FilterFaults.forward("udp sport 51820 ip length > 1400 counter drop"))),
          Fault.named("dns-unreachable-host", DNS)
              .what("DNS = 10.66.66.53, nobody there")
              .told(
                  "The tunnel is good; names do not resolve because no peer has that address.",
                  "yes: queries on wg0 without answer, everything by address works",
                  "half: queries come out of wg0 for an address the server does not have")
              .stage(Change.peer(CLI, "AllowedIPs", "0.0.0.0/0"))
              .by(Change.conf(CLI, it -> it.set("DNS", "10.66.66.53")))
              .lasting(45, names("10.66.66.53")),
          Fault.named("dns-refused", DNS)
              .what("DNS = 10.66.66.1, no name server runs there")
              .told(
                  "ICMP port 53 unreachable inside of the tunnel.",
                  "yes: connection refused, everything by address works",
                  "half: queries come out of wg0, nobody listens on port 53")
              .stage(
                  Change.peer(CLI, "AllowedIPs", "0.0.0.0/0")
                      .and(Change.conf(CLI, it -> it.set("DNS", "10.66.66.1"))))
              .by(
                  Change.of(
                      lab -> lab.stop("srv-dns"),
                      lab -> Wiring.serveNames(lab, "srv-dns", lab.host(SRV))))
              .lasting(45, names("10.66.66.1")));

  private InnerFaults() {}

  private static List<Demand> names(String server) {
    return List.of(
        ping(0.9, CLI, "10.66.66.1", 35),
        new Demand(
            2.9,
            CLI,
            "cat /etc/resolv.conf; dig +time=3 +tries=2 +short web.lab.test",
            List.of("sh", "-c", "cat /etc/resolv.conf; dig +time=3 +tries=2 +short web.lab.test")),
        fetch(11.9, "http://web.lab.test/", true, 12),
        fetch(25.9, "http://192.0.2.80/", true, 6),
        Demand.of(26.9, CLI, "dig +time=2 +tries=1 +short @192.0.2.53 web.lab.test"),
        Demand.of(29.9, CLI, "dig +time=2 +tries=1 +short @" + server + " web.lab.test"));
  }

  private static Change noTooBig(String host) {
    return Change.nft(
        host,
        "inet toobig",
        FilterFaults.output("icmp type destination-unreachable icmp code 4 counter drop"));
  }
}
