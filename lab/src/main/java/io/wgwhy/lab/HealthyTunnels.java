package io.wgwhy.lab;

import static io.wgwhy.lab.Demand.fetch;
import static io.wgwhy.lab.Demand.ping;
import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.ROUTER;
import static io.wgwhy.lab.Topology.SRV;
import static io.wgwhy.lab.Topology.TRANSIT;

import java.util.List;

/** Nothing is broken here, and all of it has been taken for a fault by somebody. */
final class HealthyTunnels {
  static final List<Fault> ALL =
      List.of(
          healthy("healthy-active", "traffic all the time")
              .lasting(150, List.of(ping(0.9, CLI, "10.66.66.1", 140))),
          healthy("healthy-keepalive-idle", "nothing but the keepalive").lasting(160, List.of()),
          healthy("healthy-idle-no-keepalive", "an old handshake, still counters: nobody asks")
              .stage(Change.peerWithout(CLI, "PersistentKeepalive"))
              .lasting(
                  215, List.of(ping(1.9, CLI, "10.66.66.1", 5), ping(208, CLI, "10.66.66.1", 3))),
          healthy("healthy-full-tunnel", "AllowedIPs 0.0.0.0/0, wg-quick's rules, DNS inside")
              .stage(
                  Change.peer(CLI, "AllowedIPs", "0.0.0.0/0")
                      .and(Change.conf(CLI, it -> it.set("DNS", "10.66.66.1")))),
          healthy("healthy-firewalled", "input policy drop at the server, with an accept rule")
              .stage(
                  Change.nft(
                      SRV,
                      "inet filter",
                      FilterFaults.FORGETFUL.replace(
                          "tcp dport 22", "udp dport 51820 counter accept\n  tcp dport 22"))),
          healthy("healthy-roaming", "the client's public address changes once")
              .told(
                  "The endpoint changes once and stays, nothing is lost, no new handshake.",
                  "yes",
                  "yes: to and fro would be a duplicate key")
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
                      lab -> {
                        lab.host(ROUTER).nft(Wiring.homeRouter(""));
                        lab.host(ROUTER).ip("addr del 198.51.100.21/25 dev wan");
                      })),
          healthy(
                  "allowedips-overlap-wider-ok",
                  "another peer has the whole subnet, mine is longer")
              .told("The longest match wins.", "yes", "yes", "a risk at most")
              .stage(
                  Change.conf(
                      SRV, it -> it.peer(1, peer -> peer.set("AllowedIPs", "10.66.66.0/24")))),
          healthy("mtu-icmp-works", "a hop of 1400 bytes that says so")
              .told(
                  "ICMP fragmentation needed reaches the sender, which learns the path MTU.",
                  "yes",
                  "yes")
              .stage(
                  Change.of(
                      lab -> lab.host(TRANSIT).ip("link set access mtu 1400"),
                      lab -> lab.host(TRANSIT).ip("link set access mtu 1500")))
              .lasting(
                  60,
                  List.of(
                      ping(0.9, CLI, "10.66.66.1", 50),
                      fetch(6.9, "http://192.0.2.80/", true, 6),
                      fetch(23.9, "http://192.0.2.80/big", false, 20))),
          healthy("healthy-second-client-idle", "two clients, one of them silent")
              .in(Topology.twoClients())
              .stage(
                  Change.conf(
                      Topology.CLI2,
                      it -> it.peer(0, peer -> peer.remove("PersistentKeepalive")))));

  private HealthyTunnels() {}

  private static Fault healthy(String name, String what) {
    return Fault.named(name).what(what).told("Everything works.", "yes", "yes");
  }
}
