package io.wgwhy.lab;

import static io.wgwhy.lab.Demand.ping;

import java.util.List;

/**
 * Two offices joined by their gateways. Each gateway knows where the other is; nobody masquerades
 * what goes from LAN to LAN.
 *
 * <pre>
 *  pc-a 192.168.1.20 --- office-a 198.51.100.20 --- transit --- 203.0.113.10 office-b --- 192.168.2.20 pc-b
 *                        wg0 10.99.0.1                          wg0 10.99.0.2
 * </pre>
 */
final class SiteToSite {
  static final String A = "office-a";
  static final String B = "office-b";
  static final String PC_A = "pc-a";
  static final String PC_B = "pc-b";

  private static final String TRANSIT = Topology.TRANSIT;
  private static final String PORT = "51820";

  private SiteToSite() {}

  static void wire(Lab lab) {
    Host transit = Wiring.machine(lab, TRANSIT);
    Wiring.forwards(transit);
    office(lab, A, PC_A, "198.51.100.20/25", "198.51.100.1", "192.168.1.");
    office(lab, B, PC_B, "203.0.113.10/24", "203.0.113.1", "192.168.2.");
    lab.conf(
        A,
        any -> gateway(lab, A, "10.99.0.1/30", B, "203.0.113.10", "10.99.0.2/32, 192.168.2.0/24"));
    lab.conf(
        B,
        any -> gateway(lab, B, "10.99.0.2/30", A, "198.51.100.20", "10.99.0.1/32, 192.168.1.0/24"));
    String[] asked = {"203.0.113.10", "198.51.100.20", "192.168.1.20", "192.168.2.20"};
    lab.view(A, view -> view.asGateway().asksFor(asked));
    lab.view(B, view -> view.asGateway().asksFor(asked));
    lab.view(PC_A, View::unseen);
    lab.view(PC_B, View::unseen);
  }

  private static void office(
      Lab lab, String gateway, String pc, String address, String next, String lan) {
    Host gate = Wiring.machine(lab, gateway);
    Host inside = Wiring.machine(lab, pc);
    String access = gateway.equals(A) ? "access" : "hosting";
    lab.cable(gateway, "eth0", TRANSIT, access);
    lab.cable(gateway, "eth1", pc, "eth0");
    lab.host(TRANSIT)
        .ip("addr add " + next + address.substring(address.indexOf('/')) + " dev " + access);
    Wiring.address(gate, "eth0", address, next);
    gate.ip("addr add " + lan + "1/24 dev eth1");
    Wiring.address(inside, "eth0", lan + "20/24", lan + "1");
    Wiring.forwards(gate);
  }

  private static Conf gateway(
      Lab lab, String own, String address, String other, String endpoint, String allowed) {
    Section iface =
        Section.named("Interface")
            .set("PrivateKey", lab.keys(own).privateKey())
            .set("Address", address)
            .set("ListenPort", PORT);
    Section peer =
        Section.named("Peer")
            .set("PublicKey", lab.keys(other).publicKey())
            .set("AllowedIPs", allowed)
            .set("Endpoint", endpoint + ":" + PORT)
            .set("PersistentKeepalive", "25");
    return new Conf(iface, List.of(peer));
  }

  /** From gateway to gateway, and from LAN to LAN in both directions. */
  static List<Demand> demands(int seconds) {
    return List.of(
        ping(0.9, A, "10.99.0.2", seconds),
        ping(5.9, PC_A, "192.168.2.20", seconds - 10),
        Demand.of(7.9, A, "ping -n -D -W 1 -i 1 -c 10 -I 192.168.1.1 192.168.2.20"),
        ping(20.9, PC_B, "192.168.1.20", 10));
  }
}
