package io.wgwhy.lab;

import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.CLI2;
import static io.wgwhy.lab.Topology.OTHER;
import static io.wgwhy.lab.Topology.ROUTER;
import static io.wgwhy.lab.Topology.SRV;
import static io.wgwhy.lab.Topology.TRANSIT;
import static io.wgwhy.lab.Topology.WEB;

import java.util.ArrayList;
import java.util.List;

/** The cables and addresses of {@link Topology}. */
final class Wiring {
  static final String POST_UP =
      "iptables -A FORWARD -i %i -j ACCEPT; iptables -A FORWARD -o %i -j ACCEPT;"
          + " iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE";

  /** Not only its own rules: what a fault's PostUp has added goes as well. */
  static final String POST_DOWN = "iptables -F FORWARD; iptables -t nat -F POSTROUTING";

  private static final int KEEPALIVE = 25;

  private Wiring() {}

  static void homeOffice(Lab lab) {
    Host cli = machine(lab, CLI);
    Host router = machine(lab, ROUTER);
    Host transit = machine(lab, TRANSIT);
    Host srv = machine(lab, SRV);
    Host web = machine(lab, WEB);
    Host other = machine(lab, OTHER);

    lab.cable(CLI, "eth0", ROUTER, "lan");
    lab.cable(ROUTER, "wan", TRANSIT, "access");
    transit.ip("link add hosting type bridge");
    transit.ip("link set hosting up");
    lab.cable(SRV, "eth0", TRANSIT, "port1");
    lab.cable(OTHER, "eth0", TRANSIT, "port2");
    transit.ip("link set port1 master hosting");
    transit.ip("link set port2 master hosting");
    lab.cable(WEB, "eth0", TRANSIT, "web");

    address(cli, "eth0", "192.168.50.10/24", "192.168.50.1");
    router.ip("addr add 192.168.50.1/24 dev lan");
    address(router, "wan", "198.51.100.20/25", "198.51.100.1");
    transit.ip("addr add 198.51.100.1/25 dev access");
    transit.ip("addr add 203.0.113.1/24 dev hosting");
    transit.ip("addr add 192.0.2.1/24 dev web");
    address(srv, "eth0", "203.0.113.10/24", "203.0.113.1");
    srv.ip("addr add 172.16.9.80/32 dev lo");
    address(other, "eth0", "203.0.113.20/24", "203.0.113.1");
    address(web, "eth0", "192.0.2.80/24", "192.0.2.1");
    web.ip("addr add 192.0.2.53/24 dev eth0");

    for (String unrouted : List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")) {
      // The internet is silent about private addresses.
      transit.ip("route add blackhole " + unrouted);
    }
    forwards(router);
    forwards(transit);
    forwards(srv);
    router.nft(homeRouter(""));

    serveNames(lab, "web-dns", web);
    serveNames(lab, "srv-dns", srv);
    lab.serve(
        "web-http",
        web,
        List.of(
            "socat", "TCP-LISTEN:80,reuseaddr,fork", "EXEC:sh " + lab.folder().resolve("http")));
    configure(lab);
  }

  /**
   * A home router: masquerades, and takes nothing from outside that was not asked for.
   *
   * @param flags how it chooses ports; empty keeps the client's port where it can
   */
  static String homeRouter(String flags) {
    return """
    table ip home
    delete table ip home
    table ip home {
      chain postrouting { type nat hook postrouting priority 100; oifname "wan" masquerade%s; }
      chain input {
        type filter hook input priority 0; policy accept;
        ct state established,related accept
        iifname "wan" meta l4proto udp drop
      }
    }
    """
        .formatted(flags);
  }

  static void secondClient(Lab lab) {
    Host cli2 = machine(lab, CLI2);
    lab.cable(CLI2, "eth0", TRANSIT, "access2");
    lab.host(TRANSIT).ip("addr add 198.51.100.129/25 dev access2");
    address(cli2, "eth0", "198.51.100.200/25", "198.51.100.129");
    lab.conf(CLI2, any -> client(lab, CLI2, "10.66.66.3/24"));
    lab.conf(SRV, it -> it.peer(1, peer -> peer.set("PublicKey", lab.keys(CLI2).publicKey())));
  }

  /** A provider that lets its customers send from their own addresses only. */
  private static final String ONLY_CUSTOMERS =
      """
      table ip second_provider {
        chain forward {
          type filter hook forward priority 0; policy accept;
          iifname "line2" ip saddr != 198.18.0.0/30 drop
        }
      }
      """;

  static void secondLine(Lab lab) {
    lab.cable(SRV, "eth1", TRANSIT, "line2");
    lab.host(TRANSIT).ip("addr add 198.18.0.1/30 dev line2");
    lab.host(SRV).ip("addr add 198.18.0.2/30 dev eth1");
    lab.host(TRANSIT).nft(ONLY_CUSTOMERS);
  }

  /** An answer for web.lab.test and vpn.lab.test, and a refusal for everything else. */
  static void serveNames(Lab lab, String service, Host host) {
    serveNames(lab, service, host, "203.0.113.10");
  }

  /** The same, with another address for vpn.lab.test. */
  static void serveNames(Lab lab, String service, Host host, String vpn) {
    lab.serve(
        service,
        host,
        List.of(
            "dnsmasq",
            "--keep-in-foreground",
            "--conf-file=/dev/null",
            "--no-resolv",
            "--no-hosts",
            "--pid-file",
            "--user=root",
            "--local-ttl=5",
            "--address=/web.lab.test/192.0.2.80",
            "--address=/vpn.lab.test/" + vpn));
  }

  static Conf client(Lab lab, String host, String address) {
    Section iface =
        Section.named("Interface")
            .set("PrivateKey", lab.keys(host).privateKey())
            .set("Address", address);
    Section peer =
        Section.named("Peer")
            .set("PublicKey", lab.keys(SRV).publicKey())
            .set("AllowedIPs", "10.66.66.0/24, 192.0.2.0/24, 172.16.9.0/24")
            .set("Endpoint", "203.0.113.10:51820")
            .set("PersistentKeepalive", String.valueOf(KEEPALIVE));
    return new Conf(iface, List.of(peer));
  }

  static Conf server(Lab lab, String host, List<String> peerKeys) {
    Section iface =
        Section.named("Interface")
            .set("PrivateKey", lab.keys(host).privateKey())
            .set("Address", "10.66.66.1/24")
            .set("ListenPort", "51820")
            .set("PostUp", POST_UP)
            .set("PostDown", POST_DOWN);
    List<Section> peers = new ArrayList<>();
    for (String key : peerKeys) {
      String address = "10.66.66." + (peers.size() + 2) + "/32";
      peers.add(Section.named("Peer").set("PublicKey", key).set("AllowedIPs", address));
    }
    return new Conf(iface, peers);
  }

  private static void configure(Lab lab) {
    List<String> peers = List.of(lab.keys(CLI).publicKey(), Keys.generate().publicKey());
    lab.conf(SRV, any -> server(lab, SRV, peers));
    lab.conf(CLI, any -> client(lab, CLI, "10.66.66.2/24"));
  }

  static Host machine(Lab lab, String name) {
    Host host = lab.add(name);
    host.run(
            List.of(
                "sysctl",
                "-q",
                "-w",
                // Otherwise about one ICMP error a second for each target, and signs are missed.
                "net.ipv4.icmp_ratelimit=0",
                "net.ipv4.conf.all.rp_filter=2",
                "net.ipv4.conf.default.rp_filter=2",
                "net.ipv4.ip_forward=0"))
        .orFail();
    return host;
  }

  static void forwards(Host host) {
    host.sysctl("net.ipv4.ip_forward", "1");
  }

  static void address(Host host, String port, String address, String gateway) {
    host.ip("addr add " + address + " dev " + port);
    host.ip("route add default via " + gateway);
  }
}
