package io.wgwhy.lab;

import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.SRV;

import java.util.List;

/** The two ends' own packet filters. */
final class FilterFaults {
  static final String BLOCKED = "udp-port-blocked-by-host-firewall";

  /** A usual host firewall that forgets WireGuard. */
  static final String FORGETFUL =
      """
      chain input {
        type filter hook input priority 0; policy drop;
        ct state established,related accept
        iifname { lo, wg0 } accept
        tcp dport 22 accept
        icmp type echo-request accept
        counter
      }
      """;

  static final List<Fault> ALL =
      List.of(
          Fault.named("srv-fw-nft-policy-drop", BLOCKED)
              .what("nft, input policy drop, no rule for the port")
              .told(
                  "The server's own firewall drops the initiations after tcpdump saw them.",
                  "no: same as every silent drop",
                  "yes: 148s at the NIC, dump 0, UdpInDatagrams 0, ruleset drops")
              .by(Change.nft(SRV, "inet filter", FORGETFUL)),
          Fault.named("srv-fw-nft-rule-drop", BLOCKED)
              .what("nft, one rule that drops UDP to the port")
              .told(
                  "The server's own firewall drops the initiations after tcpdump saw them.",
                  "no: same as every silent drop",
                  "yes: 148s at the NIC, the rule's counter grows by 1 packet of 176 bytes each")
              .by(Change.nft(SRV, "inet filter", input("udp dport 51820 counter drop"))),
          Fault.named("srv-fw-iptables-policy-drop", BLOCKED)
              .what("iptables, INPUT policy DROP, no rule for the port")
              .told(
                  "The server's own firewall drops the initiations after tcpdump saw them.",
                  "no: same as every silent drop",
                  "yes: 148s at the NIC, the policy's counter grows")
              .by(
                  Change.commands(
                      SRV,
                      List.of(
                          "iptables -A INPUT -i lo -j ACCEPT",
                          "iptables -A INPUT -i wg0 -j ACCEPT",
                          "iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT",
                          "iptables -A INPUT -p tcp --dport 22 -j ACCEPT",
                          "iptables -A INPUT -p icmp -j ACCEPT",
                          "iptables -P INPUT DROP"),
                      List.of("iptables -P INPUT ACCEPT", "iptables -F INPUT"))),
          Fault.named("srv-fw-nft-reject", BLOCKED)
              .what("nft, a plain reject for UDP to the port")
              .told(
                  "A plain reject answers with ICMP port unreachable, as a closed port does.",
                  "half: same as a closed port",
                  "yes: UdpNoPorts stays 0, the port is in ss, the reject rule counts")
              .by(Change.nft(SRV, "inet filter", input("udp dport 51820 counter reject"))),
          Fault.named("srv-fw-iptables-reject-prohibited", BLOCKED)
              .what("iptables, REJECT --reject-with icmp-host-prohibited, as in RHEL's old default")
              .told(
                  "ICMP admin prohibited comes back: a closed port never says that.",
                  "half: a firewall at the address the ICMP comes from, which is the server",
                  "yes: the rule and its counter")
              .by(
                  Change.commands(
                      SRV,
                      List.of(
                          "iptables -A INPUT -i wg0 -j ACCEPT",
                          "iptables -A INPUT -p icmp -j ACCEPT",
                          "iptables -A INPUT -p udp -j REJECT --reject-with icmp-host-prohibited"),
                      List.of("iptables -F INPUT"))),
          Fault.named("srv-egress-drop", "udp-replies-blocked")
              .what("server's own output chain drops UDP from the port")
              .told(
                  "The server accepts the initiations and cannot answer: rx 148 n, endpoint"
                      + " learned, no handshake, no 92 on the wire.",
                  "no: same as every silent drop",
                  "yes: rule in output; 148s accepted, nothing leaves",
                  "wireguard-go: EPERM in the log, tx 0; kernel module: tx 92 n as if sent")
              .by(Change.nft(SRV, "inet filter", output("udp sport 51820 counter drop"))),
          Fault.named("cli-egress-drop", "udp-blocked-at-initiator")
              .what("client's own output chain drops udp dport 51820")
              .told(
                  "The packets do not leave the client; a capture there shows nothing going out.",
                  "yes: no 148 in the client's own capture, rule in output",
                  "half: nothing arrives",
                  "wireguard-go: EPERM, tx stays 0; kernel module: tx grows by 148")
              .by(Change.nft(CLI, "inet filter", output("udp dport 51820 counter drop"))),
          Fault.named("cli-ingress-drop", "udp-blocked-at-initiator")
              .what("client's own input chain drops the answers")
              .told(
                  "The 92s arrive at the client's NIC and are dropped before WireGuard.",
                  "yes: 92s at the NIC, UdpInDatagrams 0, rule in input",
                  "no: same as a preshared key mismatch and a lost answer")
              .by(Change.nft(CLI, "inet filter", input("udp sport 51820 counter drop"))),
          Fault.named("rp-filter-client-full-tunnel", "rp-filter-drops")
              .what("full tunnel, rp_filter 1 and src_valid_mark 0 at the client")
              .told(
                  "The way back to the server, without the mark, is wg0: the 92s are dropped as"
                      + " coming from the wrong interface.",
                  "yes: 92s at the NIC, UdpInDatagrams 0, TcpExtIPReversePathFilter grows",
                  "no: same as a preshared key mismatch and a lost answer")
              // A keepalive would start the handshake before wg-quick has made its routes.
              .stage(
                  Change.peer(CLI, "AllowedIPs", "0.0.0.0/0")
                      .and(Change.peerWithout(CLI, "PersistentKeepalive")))
              .by(
                  Change.of(
                      lab -> {
                        lab.conf(
                            CLI,
                            it ->
                                it.set(
                                    "PostUp", "sysctl -q -w net.ipv4.conf.all.src_valid_mark=0"));
                        lab.host(CLI).sysctl("net.ipv4.conf.all.rp_filter", "1");
                        lab.host(CLI).sysctl("net.ipv4.conf.eth0.rp_filter", "1");
                      },
                      lab -> {
                        lab.heal(CLI);
                        lab.host(CLI).sysctl("net.ipv4.conf.all.rp_filter", "2");
                        lab.host(CLI).sysctl("net.ipv4.conf.eth0.rp_filter", "2");
                      })));

  private FilterFaults() {}

  static String input(String rule) {
    return chain("input", rule);
  }

  static String output(String rule) {
    return chain("output", rule);
  }

  static String forward(String rule) {
    return chain("forward", rule);
  }

  private static String chain(String hook, String rules) {
    return "chain "
        + hook
        + " {\n  type filter hook "
        + hook
        + " priority 0; policy accept;\n  "
        + rules
        + "\n}";
  }
}
