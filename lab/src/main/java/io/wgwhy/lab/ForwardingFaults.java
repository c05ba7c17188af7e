package io.wgwhy.lab;

import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.SRV;

import java.util.List;

/** The tunnel address answers, and nothing beyond it. */
final class ForwardingFaults {
  private static final String DROPS = "forward-chain-drops";
  private static final String MASQUERADE = "masquerade-missing";
  private static final String NAT = "iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE";

  static final List<Fault> ALL =
      List.of(
          Fault.named("ip-forward-off", "ip-forward-off")
              .what("net.ipv4.ip_forward = 0")
              .told(
                  "Packets come in on wg0 and do not go out on eth0.",
                  "no: like every gateway fault",
                  "yes: sysctl")
              .by(Change.sysctl(SRV, "net.ipv4.ip_forward", "0", "1")),
          Fault.named("forward-policy-drop", DROPS)
              .what("iptables -P FORWARD DROP (as Docker sets it), no accept for wg0")
              .told(
                  "As ip_forward off on the wire; ip_forward is 1.",
                  "no",
                  "yes: policy and counters of the FORWARD chain")
              .by(
                  postUp("iptables -P FORWARD DROP; " + NAT)
                      .and(Change.of(lab -> {}, ForwardingFaults::acceptForward))),
          Fault.named("forward-return-drop", DROPS)
              .what("FORWARD accepts what comes from wg0 and drops what goes there")
              .told(
                  "The answers arrive at eth0, none enters wg0.",
                  "no",
                  "yes: policy and counters of the FORWARD chain; answers at eth0")
              .by(
                  postUp("iptables -P FORWARD DROP; iptables -A FORWARD -i %i -j ACCEPT; " + NAT)
                      .and(Change.of(lab -> {}, ForwardingFaults::acceptForward))),
          Fault.named("forward-nft-drop", DROPS)
              .what("an nftables forward chain with policy drop and no rule for wg0")
              .told(
                  "iptables' chain accepts, the other table drops: a packet has to pass both.",
                  "no",
                  "yes: policy of the chain")
              .by(
                  Change.nft(
                      SRV,
                      "inet filter",
                      """
                      chain forward {
                        type filter hook forward priority 0; policy drop;
                        iifname "docker0" accept
                        counter
                      }
                      """)),
          Fault.named(MASQUERADE, MASQUERADE, "masquerade-on-wrong-interface")
              .what("no masquerade rule")
              .told(
                  "Packets leave eth0 with the source 10.66.66.2; no answer finds its way.",
                  "no",
                  "yes: source on eth0 is the tunnel address, no nat rule")
              .by(
                  postUp(
                      "iptables -A FORWARD -i %i -j ACCEPT; iptables -A FORWARD -o %i -j ACCEPT")),
          Fault.named("masquerade-wrong-interface", "masquerade-on-wrong-interface", MASQUERADE)
              .what("the masquerade rule names an interface that the server does not have")
              .told(
                  "Packets leave eth0 with the source 10.66.66.2; the rule's counter stays 0.",
                  "no",
                  "yes: source on eth0 is the tunnel address, the rule names ens3")
              .by(postUp(Wiring.POST_UP.replace("-o eth0", "-o ens3"))),
          Fault.named("rp-filter-server-unrouted-source", "rp-filter-drops")
              .what("Table = off at the server, no route to the client's address, rp_filter = 1")
              .told(
                  "The packet comes out of wg0 and is dropped there: the way back to it is eth0.",
                  "no",
                  "yes: packet on wg0, no answer; route says eth0; TcpExtIPReversePathFilter")
              .by(
                  Change.conf(SRV, it -> it.set("Table", "off"))
                      .and(Change.peer(SRV, "AllowedIPs", "10.77.77.2/32"))
                      .and(Change.conf(CLI, it -> it.set("Address", "10.77.77.2/32")))
                      .and(Change.sysctl(SRV, "net.ipv4.conf.all.rp_filter", "1", "2"))
                      .and(Change.sysctl(SRV, "net.ipv4.conf.default.rp_filter", "1", "2"))
                      .and(Change.sysctl(SRV, "net.ipv4.conf.eth0.rp_filter", "1", "2"))),
          Fault.named("return-route-missing", "return-route-missing")
              .what("Table = off at the server, no route to the client's address, no rp_filter")
              .told(
                  "The packets come out of wg0, the answers leave by eth0 in clear.",
                  "no",
                  "yes: ip route get <client> says eth0; answers with a private target on eth0")
              .by(
                  Change.conf(SRV, it -> it.set("Table", "off"))
                      .and(Change.peer(SRV, "AllowedIPs", "10.77.77.2/32"))
                      .and(Change.conf(CLI, it -> it.set("Address", "10.77.77.2/32")))));

  private ForwardingFaults() {}

  private static Change postUp(String command) {
    return Change.conf(SRV, it -> it.set("PostUp", command));
  }

  private static void acceptForward(Lab lab) {
    lab.host(SRV).run("iptables -P FORWARD ACCEPT").orFail();
  }
}
