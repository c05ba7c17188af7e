package io.wgwhy.lab;

import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.ROUTER;
import static io.wgwhy.lab.Topology.SRV;
import static io.wgwhy.lab.Topology.TRANSIT;
import static io.wgwhy.lab.Topology.WEB;

import java.util.List;
import java.util.function.Consumer;

/** The same tunnel somewhere else: other names, ports, families, lines. To be put together. */
final class Surroundings {
  static final String CLI3 = "cli3";
  static final String CLI4 = "cli4";

  /** The second interface of the server. */
  static final String SRV_WG1 = SRV + ":wg1";

  private Surroundings() {}

  static Consumer<Lab> names(String cli, String cliInterface, String srv, String srvInterface) {
    return lab -> {
      lab.view(CLI, view -> view.called(cli).iface(cliInterface));
      lab.view(SRV, view -> view.called(srv).iface(srvInterface));
    };
  }

  static Consumer<Lab> port(int port) {
    return lab -> {
      lab.conf(SRV, it -> it.set("ListenPort", String.valueOf(port)));
      lab.conf(CLI, it -> it.peer(0, peer -> peer.set("Endpoint", "203.0.113.10:" + port)));
    };
  }

  static Consumer<Lab> keepalive(int seconds) {
    return lab ->
        lab.conf(
            CLI,
            it ->
                it.peer(
                    0,
                    peer ->
                        seconds == 0
                            ? peer.remove("PersistentKeepalive")
                            : peer.set("PersistentKeepalive", String.valueOf(seconds))));
  }

  /** IPv6 on every line; the tunnel's packets use it. There is no NAT in IPv6. */
  static void ipv6Outside(Lab lab) {
    ipv6Lines(lab);
    lab.conf(CLI, it -> it.peer(0, peer -> peer.set("Endpoint", "[2001:db8:203::10]:51820")));
    lab.view(CLI, view -> view.asksFor("2001:db8:203::10", "10.66.66.1", "192.0.2.80"));
    lab.view(SRV, view -> view.asksFor("2001:db8:50::10", "10.66.66.2", "192.0.2.80"));
  }

  private static void ipv6Lines(Lab lab) {
    for (String router : List.of(ROUTER, TRANSIT, SRV)) {
      lab.host(router).sysctl("net.ipv6.conf.all.forwarding", "1");
    }
    ipv6(lab, ROUTER, "lan", "2001:db8:50::1/64");
    ipv6(lab, ROUTER, "wan", "2001:db8:198::2/64");
    ipv6(lab, TRANSIT, "access", "2001:db8:198::1/64");
    ipv6(lab, TRANSIT, "hosting", "2001:db8:203::1/64");
    ipv6(lab, TRANSIT, "web", "2001:db8:192::1/64");
    ipv6(lab, CLI, "eth0", "2001:db8:50::10/64");
    ipv6(lab, SRV, "eth0", "2001:db8:203::10/64");
    ipv6(lab, WEB, "eth0", "2001:db8:192::80/64");
    lab.host(CLI).ip("-6 route add default via 2001:db8:50::1");
    lab.host(ROUTER).ip("-6 route add default via 2001:db8:198::1");
    lab.host(TRANSIT).ip("-6 route add 2001:db8:50::/64 via 2001:db8:198::2");
    lab.host(SRV).ip("-6 route add default via 2001:db8:203::1");
    lab.host(WEB).ip("-6 route add default via 2001:db8:192::1");
  }

  private static void ipv6(Lab lab, String host, String port, String address) {
    lab.host(host).ip("addr add " + address + " dev " + port + " nodad");
  }

  /** Both families inside; the web host is reached by IPv6 through the tunnel, too. */
  static void dualStackInside(Lab lab) {
    ipv6Lines(lab);
    // The provider routes this prefix to the server: no NAT needed.
    lab.host(TRANSIT).ip("-6 route add 2001:db8:66::/64 via 2001:db8:203::10");
    lab.conf(
        SRV,
        it ->
            it.set("Address", "10.66.66.1/24, 2001:db8:66::1/64")
                .set(
                    "PostUp",
                    Wiring.POST_UP
                        + "; ip6tables -A FORWARD -i %i -j ACCEPT; ip6tables -A FORWARD -o %i -j"
                        + " ACCEPT")
                .peer(0, peer -> peer.set("AllowedIPs", "10.66.66.2/32, 2001:db8:66::2/128")));
    lab.conf(
        CLI,
        it ->
            it.set("Address", "10.66.66.2/24, 2001:db8:66::2/64")
                .peer(
                    0,
                    peer ->
                        peer.set(
                            "AllowedIPs",
                            "10.66.66.0/24, 192.0.2.0/24, 2001:db8:66::/64,"
                                + " 2001:db8:192::/64")));
    lab.view(
        CLI,
        view -> view.asksFor("203.0.113.10", "10.66.66.1", "2001:db8:66::1", "2001:db8:192::80"));
    lab.view(SRV, view -> view.asksFor("10.66.66.2", "2001:db8:66::2", "192.0.2.80"));
  }

  /** The server's outer port has another name, as on most machines today. */
  static Consumer<Lab> outerPort(String name) {
    return lab -> {
      Host srv = lab.host(SRV);
      srv.ip("link set eth0 down");
      srv.ip("link set eth0 name " + name);
      srv.ip("link set " + name + " up");
      srv.ip("route replace default via 203.0.113.1");
      outer(lab, name);
    };
  }

  /** The server's address is on a bridge, its port is a member of that. */
  static void bridge(Lab lab) {
    Host srv = lab.host(SRV);
    srv.ip("link add br0 type bridge");
    srv.ip("addr del 203.0.113.10/24 dev eth0");
    srv.ip("link set eth0 master br0");
    srv.ip("link set br0 up");
    srv.ip("addr add 203.0.113.10/24 dev br0");
    srv.ip("route add default via 203.0.113.1");
    outer(lab, "br0");
  }

  private static void outer(Lab lab, String name) {
    lab.conf(SRV, it -> it.set("PostUp", Wiring.POST_UP.replace("eth0", name)));
    lab.view(SRV, view -> view.capturedAt(name));
  }

  /**
   * The server stands behind a router of its own, which forwards a port.
   *
   * @param to address and port that 203.0.113.10:51820 is forwarded to; empty forwards nothing
   */
  static Consumer<Lab> portForward(String to) {
    return lab -> {
      Host srv = lab.host(SRV);
      Host front = Wiring.machine(lab, "front");
      lab.host(TRANSIT).ip("link delete port1");
      lab.cable("front", "wan", TRANSIT, "port1");
      lab.host(TRANSIT).ip("link set port1 master hosting");
      lab.cable(SRV, "eth0", "front", "lan");
      Wiring.address(front, "wan", "203.0.113.10/24", "203.0.113.1");
      front.ip("addr add 10.0.0.1/24 dev lan");
      Wiring.address(srv, "eth0", "10.0.0.10/24", "10.0.0.1");
      Wiring.forwards(front);
      String forward = to.isEmpty() ? "" : "iifname \"wan\" udp dport 51820 dnat to " + to;
      front.nft(
          """
          table ip front {
            chain prerouting { type nat hook prerouting priority -100; %s; }
            chain postrouting { type nat hook postrouting priority 100; oifname "wan" masquerade; }
          }
          """
              .formatted(forward.isEmpty() ? "accept" : forward));
      lab.view(SRV, view -> view.asksFor("198.51.100.20", "10.66.66.2", "192.0.2.80"));
    };
  }

  /** Real clients beside the first, each on a line of its own, not looked at. */
  static void moreClients(Lab lab) {
    Wiring.secondClient(lab);
    client(lab, CLI3, "access3", "198.18.3.", "10.66.66.4");
    client(lab, CLI4, "access4", "198.18.4.", "10.66.66.5");
    for (String client : List.of(Topology.CLI2, CLI3, CLI4)) {
      lab.view(client, View::unseen);
    }
  }

  private static void client(Lab lab, String name, String port, String net, String inner) {
    Host client = Wiring.machine(lab, name);
    lab.cable(name, "eth0", TRANSIT, port);
    lab.host(TRANSIT).ip("addr add " + net + "1/24 dev " + port);
    Wiring.address(client, "eth0", net + "10/24", net + "1");
    lab.conf(name, any -> Wiring.client(lab, name, inner + "/24"));
    lab.conf(SRV, it -> it.add(peer(lab.keys(name).publicKey(), inner + "/32")));
  }

  /** Peers that nobody has connected with for ages, or ever. */
  static Consumer<Lab> strangers(int number) {
    return lab -> {
      for (int i = 0; i < number; i++) {
        String address = "10.66.66." + (100 + i) + "/32";
        lab.conf(SRV, it -> it.add(peer(Keys.generate().publicKey(), address)));
      }
    };
  }

  private static Section peer(String key, String allowed) {
    return Section.named("Peer").set("PublicKey", key).set("AllowedIPs", allowed);
  }

  /** The second client has a tunnel of its own, to a second interface of the server. */
  static void secondInterface(Lab lab) {
    Wiring.secondClient(lab);
    lab.conf(
        SRV_WG1,
        any ->
            new Conf(
                Section.named("Interface")
                    .set("PrivateKey", lab.keys("wg1").privateKey())
                    .set("Address", "10.77.77.1/24")
                    .set("ListenPort", "51821"),
                List.of(peer(lab.keys(Topology.CLI2).publicKey(), "10.77.77.2/32"))));
    lab.conf(
        Topology.CLI2,
        it ->
            it.set("Address", "10.77.77.2/24")
                .peer(
                    0,
                    peer ->
                        peer.set("PublicKey", lab.keys("wg1").publicKey())
                            .set("Endpoint", "203.0.113.10:51821")
                            .set("AllowedIPs", "10.77.77.0/24")));
    // The peer that it had on the first interface was of the same key.
    lab.conf(SRV, it -> it.peer(1, peer -> peer.set("PublicKey", Keys.generate().publicKey())));
  }

  /** {@code Table = off} at the client, and a rule by mark instead of wg-quick's. */
  static void policyRouting(Lab lab) {
    lab.conf(
        CLI,
        it ->
            it.set("Table", "off")
                .set("FwMark", "0x42")
                .set("PostUp", "ip route add default dev %i table 1042")
                .set("PostDown", "ip rule del not fwmark 0x42 table 1042")
                .add("PostUp", "ip rule add not fwmark 0x42 table 1042 priority 100")
                .add("PostUp", "ip rule add table main suppress_prefixlength 0 priority 99")
                .add("PostDown", "ip rule del table main suppress_prefixlength 0")
                .peer(0, peer -> peer.set("AllowedIPs", "0.0.0.0/0")));
  }
}
