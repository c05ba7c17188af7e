package io.wgwhy.lab;

import static io.wgwhy.lab.Demand.fetch;
import static io.wgwhy.lab.Demand.ping;
import static io.wgwhy.lab.Surroundings.CLI3;
import static io.wgwhy.lab.Surroundings.CLI4;
import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.CLI2;
import static io.wgwhy.lab.Topology.ROUTER;
import static io.wgwhy.lab.Topology.SRV;

import java.util.List;

/** Several peers, two offices, keys. */
final class VariantsOfPeers {
  private static final Topology MANY = Topology.homeOffice().with(Surroundings::moreClients);
  private static final Topology OFFICES = SiteToSite::wire;

  static final List<Fault> ALL =
      List.of(
          healthy(
                  "v-peers-healthy",
                  "five real clients' peers, one talks, two only by keepalive, six strangers idle")
              .in(MANY.with(Surroundings.strangers(6)))
              .stage(Change.peerWithout(CLI4, "PersistentKeepalive")),
          Fault.named("v-peers-psk-one-wrong", "preshared-key-mismatch")
              .what("four clients; one has another preshared key, the others work")
              .told("Its answers are not taken.", "yes: 92s at the NIC, rx 0", "no")
              .in(MANY.with(Surroundings.strangers(2)))
              .by(psk(CLI).and(psk(SRV)))
              .lasting(60, others()),
          Fault.named("v-peers-overlap", "allowed-ips-overlap")
              .what("four clients; the last one's peer has the first one's address as well")
              .told("The later line has it.", "no", "yes: dump and conf")
              .in(MANY)
              .by(
                  Change.conf(
                      SRV,
                      it -> it.peer(3, p -> p.set("AllowedIPs", "10.66.66.5/32, 10.66.66.2/32"))))
              .lasting(60, others()),
          Fault.named("v-peers-wrong-key-one", "public-key-mismatch")
              .what(
                  "four clients; the server has an old key of one of them; curl only, no keepalive there")
              .told("148s arrive, nothing is counted for it; others work.", "no", "half: keys")
              .in(MANY.with(Surroundings.keepalive(0)))
              .by(
                  Change.of(
                      lab ->
                          lab.conf(
                              SRV,
                              it ->
                                  it.peer(0, p -> p.set("PublicKey", Keys.generate().publicKey()))),
                      lab -> lab.heal(SRV)))
              .lasting(
                  60,
                  List.of(
                      fetch(2.9, "http://192.0.2.80/", true, 10),
                      fetch(20, "http://192.0.2.80/", true, 10),
                      fetch(38, "http://192.0.2.80/", true, 10),
                      ping(0.9, CLI2, "10.66.66.1", 50),
                      ping(1.9, CLI3, "10.66.66.1", 40))),
          Fault.named("v-peers-all-blocked", FilterFaults.BLOCKED)
              .what(
                  "four clients, three of them seen by the server only; its firewall drops everybody")
              .told("148s from four addresses, nothing accepted.", "no", "yes")
              .in(MANY)
              .by(Change.nft(SRV, "inet filter", FilterFaults.FORGETFUL))
              .lasting(60, others()),
          Fault.named("v-peers-duplicate-key", "duplicate-key")
              .what("two of four clients use one conf")
              .told("The endpoint jumps to and fro.", "half", "yes")
              .in(MANY)
              .by(
                  Change.of(
                      lab -> lab.conf(CLI2, any -> Wiring.client(lab, CLI, "10.66.66.2/24")),
                      lab -> lab.heal(CLI2)))
              .lasting(
                  85,
                  List.of(
                      ping(1.1, CLI, "10.66.66.1", 75),
                      ping(1.1, CLI2, "10.66.66.1", 75),
                      ping(1.4, CLI3, "10.66.66.1", 75))),
          Fault.named("v-two-faults-psk-and-forward", "forward-chain-drops")
              .what(
                  "client 1: the FORWARD policy drops what it sends on; client 2: preshared key differs")
              .told("Two tunnels, two causes.", "no", "yes")
              .also("preshared-key-mismatch")
              .in(Topology.twoClients())
              .by(
                  Change.conf(
                          SRV,
                          it ->
                              it.set(
                                  "PostUp",
                                  "iptables -P FORWARD DROP; iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE"))
                      .and(psk(CLI2)))
              .lasting(60, Demand.join(Demand.everything(50), ping(0.9, CLI2, "10.66.66.1", 50))),
          healthy("v-peers-roaming", "one of four clients changes its address once")
              .in(MANY)
              .midway(
                  30,
                  Change.of(
                      lab -> {
                        lab.host(ROUTER).ip("addr add 198.51.100.21/25 dev wan");
                        lab.host(ROUTER)
                            .nft(
                                Wiring.homeRouter("")
                                    .replace("masquerade", "snat to 198.51.100.21"));
                        lab.host(ROUTER).run("conntrack -F");
                      },
                      lab -> lab.host(ROUTER).nft(Wiring.homeRouter(""))))
              .lasting(75, others()),
          Fault.named("v-short-wrong-server-key", "public-key-mismatch")
              .what("20 seconds of a recording; the client has another key for the server")
              .told("mac1 is wrong.", "no", "half")
              .by(
                  Change.of(
                      lab ->
                          lab.conf(
                              CLI,
                              it ->
                                  it.peer(0, p -> p.set("PublicKey", Keys.generate().publicKey()))),
                      lab -> lab.heal(CLI)))
              .lasting(20, List.of(ping(0.9, CLI, "10.66.66.1", 16))),
          Fault.named("v-psk-midway", "preshared-key-mismatch")
              .what(
                  "the client's conf gets another preshared key after 20 s and is restarted; wg-home to tun0")
              .told("Worked, then its answers are not taken.", "yes", "no")
              .in(
                  Topology.homeOffice()
                      .with(Surroundings.names("laptop", "wg-home", "gw1", "tun0")))
              .midway(20, psk(CLI))
              .lasting(75, List.of(ping(0.9, CLI, "10.66.66.1", 66))),
          healthy("v-offices-healthy", "two offices, both with Endpoints")
              .in(OFFICES)
              .lasting(60, SiteToSite.demands(50)),
          Fault.named("v-offices-forward-drop", "forward-chain-drops")
              .what("two offices; one gateway's FORWARD policy is DROP")
              .told(
                  "The gateways ping each other, the LANs do not.", "no", "yes: policy and counter")
              .in(OFFICES)
              .by(
                  Change.command(
                      SiteToSite.B, "iptables -P FORWARD DROP", "iptables -P FORWARD ACCEPT"))
              .lasting(60, SiteToSite.demands(50)),
          Fault.named("v-offices-forward-off-near", "ip-forward-off")
              .what("two offices; ip_forward is off at the first gateway")
              .told(
                  "Nothing of its LAN enters the tunnel; what comes out of the tunnel for its LAN dies there.",
                  "yes: sysctl",
                  "half")
              .in(OFFICES)
              .by(Change.sysctl(SiteToSite.A, "net.ipv4.ip_forward", "0", "1"))
              .lasting(60, SiteToSite.demands(50)),
          Fault.named(
                  "v-offices-lan-not-allowed",
                  "allowed-ips-missing-on-initiator",
                  "allowed-ips-missing-on-responder")
              .what("two offices; the first gateway's AllowedIPs lack the other's LAN")
              .told(
                  "No route into wg0 for that LAN; packets from there are dropped as of a wrong source.",
                  "yes",
                  "half")
              .in(OFFICES)
              .by(Change.peer(SiteToSite.A, "AllowedIPs", "10.99.0.2/32"))
              .lasting(60, SiteToSite.demands(50)),
          Fault.named("v-offices-blocked-both-ways", "udp-port-blocked-upstream")
              .what("two offices; a router between them drops UDP 51820")
              .told("148s leave both ends, none arrives.", "half", "half")
              .in(OFFICES)
              .by(
                  Change.nft(
                      Topology.TRANSIT,
                      "inet lab",
                      FilterFaults.forward("udp dport 51820 counter drop")))
              .lasting(60, SiteToSite.demands(50)),
          Fault.named("v-offices-moved", "endpoint-wrong-address", "endpoint-dns-stale")
              .what(
                  "two offices; the first has another Endpoint for the second, which has no Endpoint at all")
              .told("Silence, or host unreachable.", "half", "half: nothing arrives")
              .in(OFFICES)
              .by(
                  Change.peer(SiteToSite.A, "Endpoint", "203.0.113.44:51820")
                      .and(Change.peerWithout(SiteToSite.B, "Endpoint")))
              .lasting(60, SiteToSite.demands(50)));

  private VariantsOfPeers() {}

  static Change psk(String host) {
    return Change.of(
        lab -> lab.conf(host, it -> it.peer(0, peer -> peer.set("PresharedKey", Keys.preshared()))),
        lab -> lab.heal(host));
  }

  private static List<Demand> others() {
    return List.of(
        ping(0.9, CLI, "10.66.66.1", 50),
        ping(1.2, CLI2, "10.66.66.1", 50),
        ping(1.5, CLI3, "10.66.66.1", 50));
  }

  private static Fault healthy(String name, String what) {
    return Fault.named(name).what(what).told("Everything works.", "yes", "yes");
  }
}
