package io.wgwhy.lab;

import static io.wgwhy.lab.Demand.fetch;
import static io.wgwhy.lab.Demand.ping;
import static io.wgwhy.lab.FilterFaults.BLOCKED;
import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.CLI2;
import static io.wgwhy.lab.Topology.SRV;

import java.util.List;

/** Packet filters in the shapes in which they are met. */
final class VariantsOfFilters {
  private static final Topology HOME = Topology.homeOffice();
  private static final String DROPS = "forward-chain-drops";

  static final List<Fault> ALL =
      List.of(
          blocked("v-ufw-port-not-allowed", "ufw allows SSH and, by a slip, TCP 443 only")
              .in(
                  HOME.with(
                      Surroundings.names("laptop", "wg-home", "gw1", "tun0")
                          .andThen(Surroundings.port(443))))
              .by(
                  FirewallShapes.iptables(
                      SRV,
                      FirewallShapes.ufw(
                          "-A ufw-user-input -p tcp -m tcp --dport 22 -j ACCEPT\n"
                              + "-A ufw-user-input -p tcp -m tcp --dport 443 -j ACCEPT"))),
          healthy("v-ufw-allowed", "ufw allows the port and routes what comes from wg0")
              .stage(
                  FirewallShapes.iptables(
                      SRV,
                      FirewallShapes.ufw(
                          "-A ufw-user-input -p udp -m udp --dport 51820 -j ACCEPT\n"
                              + "-A ufw-user-input -i wg0 -j ACCEPT"))),
          blocked("v-firewalld-port-not-added", "firewalld, zone public, the port was never added")
              .in(HOME.with(Surroundings.outerPort("ens3")))
              .by(Change.nft(SRV, "inet firewalld", FirewallShapes.firewalld(""))),
          healthy("v-firewalld-added", "firewalld, zone public, with the port")
              .in(HOME.with(Surroundings.outerPort("ens3")))
              .stage(
                  Change.nft(
                      SRV,
                      "inet firewalld",
                      FirewallShapes.firewalld(
                          "udp dport 51820 ct state { new, untracked } accept"))),
          blocked(
                  "v-nft-set-lacks-port",
                  "a set of allowed ports lacks 51820; a named counter counts it")
              .by(
                  Change.nft(
                      SRV, "inet filter", FirewallShapes.modern("443, 500, 4500, 60000-61000"))),
          healthy("v-nft-set-has-port", "a set of allowed ports holds 51820 within a range")
              .stage(Change.nft(SRV, "inet filter", FirewallShapes.modern("443, 51000-52000"))),
          blocked("v-nft-vmap-drop", "a map from port to verdict says drop")
              .in(HOME.with(Surroundings.port(51999)))
              .by(
                  Change.nft(
                      SRV,
                      "inet filter",
                      FilterFaults.input("udp dport vmap { 53 : accept, 51999 : drop }"))),
          blocked(
                  "v-nft-raw-prerouting-drop",
                  "a chain at prerouting, priority raw, drops the port")
              .by(
                  Change.nft(
                      SRV,
                      "inet early",
                      """
                      chain pre {
                        type filter hook prerouting priority raw; policy accept;
                        iifname "eth0" udp dport { 51820, 1194 } counter drop comment "no vpn here"
                      }
                      """)),
          blocked("v-nft-source-not-allowed", "the port is open for another office's address only")
              .by(
                  Change.nft(
                      SRV,
                      "inet filter",
                      FilterFaults.FORGETFUL.replace(
                          "tcp dport 22",
                          "ip saddr 198.51.100.77 udp dport 51820 counter accept\n  tcp dport 22"))),
          Fault.named("v-docker-forward-drop", DROPS)
              .what("Docker was installed: FORWARD policy DROP, only its own networks accepted")
              .told("As ip_forward off on the wire.", "no", "yes: policy and counters of FORWARD")
              .in(
                  HOME.with(
                      lab ->
                          lab.conf(
                              SRV,
                              it ->
                                  it.set(
                                      "PostUp",
                                      "iptables -t nat -A POSTROUTING -s 10.66.66.0/24 -o eth0 -j MASQUERADE"))))
              .by(FirewallShapes.iptables(SRV, FirewallShapes.DOCKER)),
          healthy("v-docker-user-accepts", "Docker's chains, with accepts for wg0 in DOCKER-USER")
              .stage(
                  FirewallShapes.iptables(
                      SRV,
                      FirewallShapes.DOCKER.replace(
                          "-A DOCKER-USER -j RETURN",
                          "-A DOCKER-USER -i wg0 -j ACCEPT\n-A DOCKER-USER -o wg0 -j ACCEPT\n-A DOCKER-USER -j RETURN"))),
          Fault.named("v-forward-nft-one-network", DROPS)
              .what(
                  "full tunnel; an nft forward chain lets wg0 reach one network only, not the web")
              .told(
                  "The LAN behind the server answers, the internet does not.",
                  "no",
                  "yes: chain and counters")
              .in(
                  HOME.with(
                      lab ->
                          lab.conf(CLI, it -> it.peer(0, p -> p.set("AllowedIPs", "0.0.0.0/0")))))
              .by(
                  Change.nft(
                      SRV,
                      "inet filter",
                      """
                      chain forward {
                        type filter hook forward priority 0; policy drop;
                        ct state established,related accept
                        iifname "wg0" ip daddr 172.16.9.0/24 accept
                        counter
                      }
                      """)),
          blocked(
                  "v-v6-filter-forgets",
                  "IPv6 outside: the table for IPv4 allows the port, the one for IPv6 does not")
              .in(HOME.with(Surroundings::ipv6Outside))
              .by(
                  Change.nft(
                          SRV, "ip filter4", FilterFaults.input("udp dport 51820 counter accept"))
                      .and(
                          Change.nft(
                              SRV,
                              "ip6 filter6",
                              """
                          chain input {
                            type filter hook input priority 0; policy drop;
                            ct state established,related accept
                            iifname "lo" accept
                            meta l4proto ipv6-icmp accept
                            tcp dport 22 accept
                            counter
                          }
                          """))),
          blocked(
                  "v-blocked-keepalive-only",
                  "nothing but a keepalive of 15 s; iptables drops the port")
              .in(HOME.with(Surroundings.keepalive(15)))
              .by(
                  Change.command(
                      SRV,
                      "iptables -I INPUT -p udp --dport 51820 -j DROP",
                      "iptables -D INPUT -p udp --dport 51820 -j DROP"))
              .lasting(60, List.of()),
          blocked("v-blocked-short", "20 seconds of a recording; iptables drops the port")
              .by(
                  Change.command(
                      SRV,
                      "iptables -I INPUT -p udp --dport 51820 -j DROP",
                      "iptables -D INPUT -p udp --dport 51820 -j DROP"))
              .lasting(20, List.of(ping(0.9, CLI, "10.66.66.1", 16))),
          blocked("v-blocked-bridge", "the server's address is on a bridge; nft drops by default")
              .in(HOME.with(Surroundings::bridge))
              .by(Change.nft(SRV, "inet filter", FilterFaults.FORGETFUL)),
          blocked(
                  "v-blocked-midway",
                  "keepalives and a page now and then; the port is closed after 30 s, "
                      + "the flow's entry is deleted")
              .midway(
                  30,
                  Change.of(
                      lab -> {
                        lab.host(SRV)
                            .run("iptables -I INPUT -p udp --dport 51820 -j DROP")
                            .orFail();
                        lab.host(SRV).run("conntrack -D -p udp");
                      },
                      lab ->
                          lab.host(SRV)
                              .run("iptables -D INPUT -p udp --dport 51820 -j DROP")
                              .orFail()))
              .lasting(
                  100,
                  List.of(
                      fetch(4.9, "http://192.0.2.80/", true, 6),
                      ping(12.9, SRV, "10.66.66.2", 3),
                      ping(36, CLI, "10.66.66.1", 60))),
          blocked(
                  "v-second-interface-blocked",
                  "two interfaces at the server; the port of the second is closed")
              .in(HOME.with(Surroundings::secondInterface))
              .by(
                  Change.nft(
                      SRV,
                      "inet filter",
                      FilterFaults.FORGETFUL.replace(
                          "tcp dport 22", "udp dport 51820 counter accept\n  tcp dport 22")))
              .lasting(
                  60, List.of(ping(0.9, CLI, "10.66.66.1", 50), ping(0.9, CLI2, "10.77.77.1", 50))),
          Fault.named("v-two-faults-forward-and-port", "ip-forward-off")
              .what("ip_forward is off, and the port of another interface is closed")
              .told("Two tunnels, two causes.", "no", "yes, both")
              .also(BLOCKED)
              .in(HOME.with(Surroundings::secondInterface))
              .by(
                  Change.sysctl(SRV, "net.ipv4.ip_forward", "0", "1")
                      .and(
                          Change.command(
                              SRV,
                              "iptables -I INPUT -p udp --dport 51821 -j DROP",
                              "iptables -D INPUT -p udp --dport 51821 -j DROP")))
              .lasting(60, Demand.join(Demand.everything(50), ping(0.9, CLI2, "10.77.77.1", 50))),
          Fault.named("v-client-ufw-egress", "udp-blocked-at-initiator")
              .what(
                  "a kill switch on the client lets out only what goes into wg0, not WireGuard's own packets")
              .told(
                  "The packets do not leave the client.",
                  "yes: the rule and its counter",
                  "half: nothing arrives")
              .in(HOME.with(Surroundings.names("notebook", "wg0", "vpn", "wg0")))
              .by(
                  Change.nft(
                      CLI,
                      "inet killswitch",
                      """
                      chain out {
                        type filter hook output priority 0; policy drop;
                        oifname { "lo", "wg0" } accept
                        ip daddr 192.168.50.0/24 accept
                        ct state established,related accept
                        counter
                      }
                      """)));

  private VariantsOfFilters() {}

  private static Fault blocked(String name, String what) {
    return Fault.named(name, BLOCKED)
        .what(what)
        .told(
            "The server's own firewall drops the initiations after tcpdump saw them.",
            "no",
            "yes: 148s at the NIC, counters still, the rules");
  }

  private static Fault healthy(String name, String what) {
    return Fault.named(name).what(what).told("Everything works.", "yes", "yes");
  }
}
