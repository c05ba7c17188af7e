package io.wgwhy.lab;

import static io.wgwhy.lab.Demand.ping;
import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.SRV;

import java.util.List;

/** AllowedIPs and routes at the two ends. */
final class AllowedIpsFaults {
  private static final String OVERLAP = "allowed-ips-overlap";
  private static final String MISSING_THERE = "allowed-ips-missing-on-responder";
  private static final String MISSING_HERE = "allowed-ips-missing-on-initiator";
  private static final String CONFLICT = "subnet-conflict";

  /** Some hosts behind the server, and a LAN at home that has the same addresses. */
  private static final String HOME_LAN = "192.168.50.0/24";

  static final List<Fault> ALL =
      List.of(
          Fault.named("allowedips-steal-same-32", OVERLAP)
              .what("two peers with the same /32: the later one in the file has it")
              .told(
                  "Client 1 has a handshake, its packets are dropped as from a wrong source.",
                  "no: handshake good, tx grows, only 32-byte keepalives come back",
                  "yes: dump shows (none) for the peer, conf has the /32 twice")
              .by(secondPeer("10.66.66.2/32")),
          Fault.named("allowedips-overlap-more-specific-steals", OVERLAP)
              .what("the client's range is /28, another peer has the client's address as /32")
              .told(
                  "The longest match belongs to the other peer: packets from the client are from a"
                      + " wrong source, answers go to the other.",
                  "no: handshake good, tx grows, only 32-byte keepalives come back",
                  "yes: two peers hold the client's address, the longer match is not the client's")
              .by(Change.peer(SRV, "AllowedIPs", "10.66.66.0/28").and(secondPeer("10.66.66.2/32"))),
          Fault.named("srv-allowedips-missing-client", MISSING_THERE)
              .what("typo: 10.66.66.22/32 instead of .2")
              .told(
                  "Handshake good, the client's packets are dropped as from a wrong source.",
                  "no",
                  "yes: no AllowedIPs of the peer holds the client's tunnel address")
              .by(Change.peer(SRV, "AllowedIPs", "10.66.66.22/32")),
          Fault.named("cli-address-not-allowed", MISSING_THERE)
              .what("the client's Address is 10.66.66.22, the server allows .2")
              .told(
                  "As above, from the other end.",
                  "no",
                  "half: needs the client's Address, or the source in the log")
              .by(Change.conf(CLI, it -> it.set("Address", "10.66.66.22/24"))),
          Fault.named("cli-allowedips-misses-private-dst", MISSING_HERE)
              .what("the LAN behind the server (172.16.9.0/24) is not in the client's AllowedIPs")
              .told(
                  "No route to wg0: the packets go out in clear to the default gateway.",
                  "yes: ip route get says eth0, AllowedIPs does not hold the address",
                  "no: nothing arrives in the tunnel")
              .by(Change.peer(CLI, "AllowedIPs", "10.66.66.0/24, 192.0.2.0/24"))
              .lasting(50, lan()),
          Fault.named("cli-allowedips-misses-internet-dst", MISSING_HERE)
              .what("192.0.2.0/24 is not in the client's AllowedIPs: the web goes in clear")
              .told(
                  "It works, and the web host sees the home address.",
                  "half: ip route get says eth0",
                  "no",
                  "whether it is a fault is a question of intent")
              .by(Change.peer(CLI, "AllowedIPs", "10.66.66.0/24, 172.16.9.0/24")),
          Fault.named("cli-allowedips-route-without-entry", MISSING_HERE)
              .what("a route into wg0 for a prefix that no peer has")
              .told(
                  "WireGuard has nobody to give the packets to; no data packet on eth0.",
                  "yes: route into wg0, no peer holds the address, tx_errors of wg0 grow",
                  "no: nothing arrives",
                  "kernel: ping says Required key not available; wireguard-go is silent")
              .by(
                  Change.peer(CLI, "AllowedIPs", "10.66.66.0/24, 192.0.2.0/24")
                      .and(
                          Change.conf(
                              CLI, it -> it.set("PostUp", "ip route add 172.16.9.0/24 dev %i"))))
              .lasting(50, lan()),
          Fault.named("subnet-conflict-tunnel-is-lan", CONFLICT)
              .what("tunnel subnet = client's home LAN")
              .told(
                  "Two connected routes, the older (eth0) wins: the home router answers the ping.",
                  "yes: two routes for one prefix; ip route get says eth0",
                  "half: handshake, no data",
                  "a ping that works proves nothing here")
              .by(
                  Change.conf(SRV, it -> it.set("Address", "192.168.50.1/24"))
                      .and(Change.peer(SRV, "AllowedIPs", "192.168.50.2/32"))
                      .and(Change.conf(CLI, it -> it.set("Address", "192.168.50.2/24")))
                      .and(Change.peer(CLI, "AllowedIPs", HOME_LAN)))
              .lasting(40, List.of(ping(0.9, CLI, "192.168.50.1", 25))),
          Fault.named("subnet-conflict-remote-lan-eexist", CONFLICT)
              .what("a LAN behind the server has the prefix of the client's LAN")
              .told(
                  "wg-quick cannot add the route and takes the interface down again.",
                  "yes: RTNETLINK answers: File exists",
                  "half: one good handshake, then silence")
              .by(Change.peer(CLI, "AllowedIPs", "10.66.66.0/24, " + HOME_LAN)),
          Fault.named("subnet-conflict-remote-lan-full-tunnel", CONFLICT)
              .what("full tunnel, and a LAN behind the server with the prefix of the client's LAN")
              .told(
                  "Destination Host Unreachable from the own address: the connected route wins.",
                  "yes: ip route get says eth0",
                  "no: nothing arrives")
              .stage(
                  Change.peer(CLI, "AllowedIPs", "0.0.0.0/0")
                      .and(
                          Change.of(
                              lab -> lab.host(SRV).ip("addr add 192.168.50.80/32 dev lo"),
                              lab -> lab.host(SRV).ip("addr del 192.168.50.80/32 dev lo"))))
              .by(Change.NONE)
              .lasting(
                  50,
                  List.of(ping(0.9, CLI, "10.66.66.1", 40), ping(5.9, CLI, "192.168.50.80", 20))),
          Fault.named("routing-loop", "routing-loop")
              .what("AllowedIPs 0.0.0.0/0 and a plain default route to wg0, no fwmark, no rule")
              .told(
                  "The encrypted packets are routed into wg0 again; nothing leaves eth0.",
                  "yes: ip route get <endpoint> says dev wg0; none on eth0",
                  "half: nothing arrives")
              .by(
                  Change.conf(
                          CLI,
                          it ->
                              it.set("Table", "off")
                                  .set("PostUp", "ip route replace default dev %i")
                                  .peer(
                                      0,
                                      peer ->
                                          peer.set("AllowedIPs", "0.0.0.0/0")
                                              .remove("PersistentKeepalive")))
                      .and(
                          Change.of(
                              lab -> {},
                              lab -> lab.host(CLI).ip("route replace default via 192.168.50.1")))),
          Fault.named("routing-loop-live", "routing-loop")
              .what("the default route goes to wg0 while the tunnel works")
              .told(
                  "Every packet comes back as a longer one, until it is too long.",
                  "yes: ip route get <endpoint> says dev wg0; tx far more than the traffic",
                  "half: nothing arrives any more")
              .stage(
                  Change.conf(
                      CLI,
                      it ->
                          it.set("Table", "off")
                              .peer(0, peer -> peer.set("AllowedIPs", "0.0.0.0/0"))))
              .midway(
                  Change.command(
                      CLI,
                      "ip route replace default dev wg0",
                      "ip route replace default via 192.168.50.1 dev eth0"))
              .lasting(35, Demand.beforeAndAfter(9, 35)));

  private AllowedIpsFaults() {}

  private static Change secondPeer(String allowed) {
    return Change.conf(SRV, it -> it.peer(1, peer -> peer.set("AllowedIPs", allowed)));
  }

  private static List<Demand> lan() {
    return List.of(ping(0.9, CLI, "10.66.66.1", 42), ping(6.9, CLI, "172.16.9.80", 30));
  }
}
