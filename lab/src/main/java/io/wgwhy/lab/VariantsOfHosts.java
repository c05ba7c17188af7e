package io.wgwhy.lab;

import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.SRV;
import static io.wgwhy.lab.Topology.TRANSIT;

import java.util.List;

/** What an administrator's hand, or another program on the host, does to a tunnel. */
final class VariantsOfHosts {
  private static final Topology HOME = Topology.homeOffice();

  static final List<Fault> ALL =
      List.of(
          Fault.named("v-nat-hands-port-on", FilterFaults.BLOCKED)
              .what("a NAT rule of the server hands the port on to a container that is gone")
              .told(
                  "The initiations arrive, leave for 172.17.0.2, and WireGuard gets none.",
                  "half: the server itself says host unreachable",
                  "yes: conntrack has an answer from 172.17.0.2, UdpInDatagrams 0")
              .by(
                  Change.commands(
                      SRV,
                      List.of(
                          "iptables -t nat -A PREROUTING -i eth0 -p udp --dport 51820 -j DNAT"
                              + " --to-destination 172.17.0.2:51820",
                          "ip link add docker0 type bridge",
                          "ip link set docker0 up",
                          "ip addr add 172.17.0.1/16 dev docker0"),
                      List.of("ip link delete docker0", "iptables -t nat -F PREROUTING"))),
          Fault.named("v-legacy-tables-drop", FilterFaults.BLOCKED)
              .what("iptables-legacy drops the port, nft and iptables-nft show nothing of it")
              .told(
                  "The server's own firewall drops the initiations after tcpdump saw them.",
                  "no: same as every silent drop",
                  "half: 148s at the NIC, UdpInDatagrams 0; iptables-save warns of legacy tables")
              .by(
                  Change.commands(
                      SRV,
                      List.of(
                          "iptables-legacy -A INPUT -i lo -j ACCEPT",
                          "iptables-legacy -A INPUT -i wg0 -j ACCEPT",
                          "iptables-legacy -A INPUT -p tcp --dport 22 -j ACCEPT",
                          "iptables-legacy -P INPUT DROP"),
                      List.of("iptables-legacy -P INPUT ACCEPT", "iptables-legacy -F INPUT"))),
          Fault.named("v-forward-off-on-interface", "ip-forward-off")
              .what("net.ipv4.conf.wg0.forwarding = 0, though net.ipv4.ip_forward = 1")
              .told(
                  "Packets come in on wg0 and do not go out on eth0.",
                  "no: like every gateway fault",
                  "yes: the interface's own sysctl")
              .by(
                  Change.conf(
                      SRV,
                      it ->
                          it.set(
                              "PostUp",
                              Wiring.POST_UP + "; sysctl -q -w net.ipv4.conf.%i.forwarding=0"))),
          Fault.named(
                  "v-snat-to-another-address",
                  "masquerade-missing",
                  "masquerade-on-wrong-interface")
              .what("SNAT to an address that the server does not have")
              .told(
                  "Packets leave eth0 as from 203.0.113.99; no answer finds its way.",
                  "no",
                  "yes: the rule's address is none of the server's")
              .by(
                  Change.conf(
                      SRV,
                      it ->
                          it.set(
                              "PostUp",
                              Wiring.POST_UP.replace(
                                  "MASQUERADE", "SNAT --to-source 203.0.113.99")))),
          Fault.named("v-interface-deleted", "interface-down")
              .what("the client's interface is deleted while the tunnel works")
              .told(
                  "Nobody is there who could answer the server.",
                  "half: wg show is empty",
                  "half: sends, hears nothing")
              .midway(
                  Change.of(
                      lab -> lab.host(CLI).ip("link delete wg0"), lab -> lab.quick(CLI, "up"))),
          Fault.named("v-route-past-tunnel", "allowed-ips-missing-on-initiator", "subnet-conflict")
              .what("a static route of the client leads the server's tunnel address to its router")
              .told(
                  "The more specific route wins.",
                  "yes: ip route get says eth0",
                  "no: nothing comes")
              .by(
                  Change.command(
                      CLI,
                      "ip route add 10.66.66.1/32 via 192.168.50.1",
                      "ip route del 10.66.66.1/32 via 192.168.50.1")),
          Fault.named("v-dual-stack-v6-forward-drop", "forward-chain-drops")
              .what("both families inside; ip6tables drops what is forwarded, iptables does not")
              .told("IPv4 works, IPv6 ends at the server.", "no", "yes: policy of the IPv6 chain")
              .in(HOME.with(Surroundings::dualStackInside))
              .by(
                  Change.conf(
                      SRV, it -> it.set("PostUp", Wiring.POST_UP + "; ip6tables -P FORWARD DROP")))
              .lasting(60, VariantsOfPaths.bothFamilies()),
          Fault.named(
                  "v-dual-stack-v6-no-way-back",
                  "masquerade-missing",
                  "masquerade-on-wrong-interface")
              .what("both families inside; nobody routes the tunnel's IPv6 prefix to the server")
              .told(
                  "IPv4 is translated and works, the answers of IPv6 find no way.",
                  "no",
                  "yes: pings leave with the tunnel address, no answer comes")
              .in(HOME.with(Surroundings::dualStackInside))
              .by(
                  Change.command(
                      TRANSIT,
                      "ip -6 route del 2001:db8:66::/64",
                      "ip -6 route add 2001:db8:66::/64 via 2001:db8:203::10"))
              .lasting(60, VariantsOfPaths.bothFamilies()),
          Fault.named("v-endpoint-loopback", "endpoint-wrong-address", "endpoint-private-address")
              .what("Endpoint = 127.0.0.1:51820")
              .told(
                  "What the client sends stays there.",
                  "yes: ip route get says lo",
                  "half: nothing arrives")
              .by(Change.peer(CLI, "Endpoint", "127.0.0.1:51820")),
          Fault.named("v-lossy-healthy")
              .what("a fifth of all packets is lost on the way")
              .told("It works, slowly: whatever is lost is sent again.", "yes", "yes")
              .by(
                  Change.nft(
                      TRANSIT,
                      "inet lab",
                      FilterFaults.forward("meta l4proto udp numgen random mod 100 < 20 drop"))));

  private VariantsOfHosts() {}
}
