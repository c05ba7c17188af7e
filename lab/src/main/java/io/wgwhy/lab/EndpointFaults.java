package io.wgwhy.lab;

import static io.wgwhy.lab.Demand.ping;
import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.OTHER;
import static io.wgwhy.lab.Topology.SRV;
import static io.wgwhy.lab.Topology.WEB;

import java.util.List;

/** The client sends to the wrong place. */
final class EndpointFaults {
  private static final String ADDRESS = "endpoint-wrong-address";
  private static final String PRIVATE = "endpoint-private-address";
  private static final String PORT = "endpoint-port-mismatch";

  static final List<Fault> ALL =
      List.of(
          elsewhere("wrong-endpoint-public-dead", "203.0.113.99:51820", ADDRESS)
              .what("a public address that nobody has")
              .told(
                  "ICMP host unreachable from the last router (many networks are silent instead).",
                  "half: no such host, or it is down",
                  "half: nothing arrives"),
          elsewhere("wrong-endpoint-public-alive", "203.0.113.20:51820", ADDRESS)
              .what("the public address of another machine")
              .told(
                  "ICMP port unreachable from an address that is not the server's.",
                  "half: as a closed port",
                  "half: nothing arrives"),
          elsewhere("wrong-endpoint-public-firewalled", "203.0.113.20:51820", ADDRESS)
              .what("the public address of another machine, which drops")
              .told("Silence.", "no", "half: nothing arrives")
              .by(
                  Change.peer(CLI, "Endpoint", "203.0.113.20:51820")
                      .and(
                          Change.nft(
                              OTHER, "inet filter", FilterFaults.input("udp dport 51820 drop")))),
          elsewhere("wrong-endpoint-other-wg", "203.0.113.20:51820", ADDRESS)
              .what("the public address of another WireGuard server")
              .told(
                  "Another server, another key: it drops the initiations without a word.",
                  "no",
                  "half: nothing arrives")
              .by(
                  Change.peer(CLI, "Endpoint", "203.0.113.20:51820")
                      .and(
                          Change.of(
                              EndpointFaults::anotherServer,
                              lab -> lab.host(OTHER).run("wg-quick down wg0").orFail()))),
          elsewhere("wrong-endpoint-lan-dead", "192.168.50.77:51820", ADDRESS, PRIVATE)
              .what("unused address of the client's own LAN")
              .told(
                  "ARP gets no answer; no IP packet leaves the NIC, yet tx of wg counts.",
                  "yes: private address on the own LAN, neighbour FAILED, no UDP on the wire",
                  "half: nothing arrives"),
          elsewhere("wrong-endpoint-lan-router", "192.168.50.1:51820", ADDRESS, PRIVATE)
              .what("the address of the client's own router")
              .told(
                  "ICMP port unreachable from the own router.",
                  "yes: private address, the router answers",
                  "half: nothing arrives"),
          elsewhere("wrong-endpoint-private-routed", "10.0.0.10:51820", ADDRESS, PRIVATE)
              .what("the server's private address, which the world does not route")
              .told("Silence.", "half: a private address", "half: nothing arrives"),
          elsewhere("wrong-port", "203.0.113.10:51821", PORT)
              .what("client says 51821, server listens on 51820")
              .told(
                  "ICMP port unreachable from the server itself (no firewall in the way).",
                  "half: nothing listens on that port, or a reject rule",
                  "yes: 148s arrive for a port that is not the listening port"),
          elsewhere("wrong-port-firewalled", "203.0.113.10:51821", PORT)
              .what("client says 51821, server listens on 51820 and drops all other ports")
              .told(
                  "The server's firewall drops what is for another port: silence.",
                  "no",
                  "yes: destination port of the 148s is not the listening port")
              .stage(
                  Change.nft(
                      SRV,
                      "inet filter",
                      FilterFaults.FORGETFUL.replace(
                          "tcp dport 22", "udp dport 51820 counter accept\n  tcp dport 22"))),
          Fault.named("srv-listens-other-port", PORT)
              .what("server's ListenPort = 51821")
              .told("As wrong-port, the other end is to be changed.", "half", "yes")
              .by(Change.conf(SRV, it -> it.set("ListenPort", "51821"))),
          Fault.named("srv-listenport-missing", PORT)
              .what("no ListenPort at the server: a random port")
              .told(
                  "The server listens on a port of its own choice, another one at each start.",
                  "half, as wrong-port",
                  "yes: no ListenPort in the conf, listening port is not the 148s' port")
              .by(Change.conf(SRV, it -> it.remove("ListenPort"))),
          Fault.named("srv-peer-endpoint-wrong", "endpoint-on-server-peer", ADDRESS)
              .what("an Endpoint copied into the server's peer block; the client is silent")
              .told(
                  "The server sends its initiations to the address of the conf; it heals with the"
                      + " client's first packet.",
                  "no: nothing at all",
                  "yes: 148s to the Endpoint of the conf, ICMP host unreachable")
              .stage(Change.peerWithout(CLI, "PersistentKeepalive"))
              .by(Change.peer(SRV, "Endpoint", "203.0.113.99:51820"))
              .lasting(75, List.of(ping(0.9, SRV, "10.66.66.2", 60))),
          Fault.named("endpoint-missing", "endpoint-missing")
              .what("no Endpoint at the client, none can be learned")
              .told(
                  "Nobody knows where the other is: nothing is sent.",
                  "yes: endpoint (none), traffic wanted",
                  "half: nothing arrives")
              .by(Change.peerWithout(CLI, "Endpoint")),
          Fault.named("endpoint-dns-stale", "endpoint-dns-stale", ADDRESS)
              .what("the name of the Endpoint points elsewhere now; WireGuard asked once, long ago")
              .told(
                  "The server has moved to another address, DNS says so, the client still sends to"
                      + " the old one.",
                  "half: the name resolves to another address than the endpoint in use",
                  "half: nothing arrives any more")
              .stage(
                  Change.conf(
                      CLI,
                      it ->
                          it.peer(
                              0,
                              peer ->
                                  peer.set("Endpoint", "vpn.lab.test:51820")
                                      // The name server is outside of the tunnel.
                                      .set("AllowedIPs", "10.66.66.0/24, 172.16.9.0/24"))))
              .midway(Change.of(EndpointFaults::move, EndpointFaults::moveBack))
              .lasting(
                  75,
                  List.of(
                      ping(0.8, CLI, "10.66.66.1", 6),
                      ping(9.8, CLI, "10.66.66.1", 58),
                      Demand.of(20, CLI, "dig +short vpn.lab.test"))));

  private EndpointFaults() {}

  private static Fault elsewhere(String name, String endpoint, String... causes) {
    return Fault.named(name, causes).by(Change.peer(CLI, "Endpoint", endpoint));
  }

  private static void anotherServer(Lab lab) {
    lab.host(OTHER)
        .writeSecret(
            "wireguard/wg0.conf",
            Wiring.server(lab, OTHER, List.of(Keys.generate().publicKey())).text());
    lab.host(OTHER).run("wg-quick up wg0").orFail();
  }

  private static void move(Lab lab) {
    renumber(lab, "203.0.113.10", "203.0.113.11");
  }

  private static void moveBack(Lab lab) {
    renumber(lab, "203.0.113.11", "203.0.113.10");
  }

  private static void renumber(Lab lab, String from, String to) {
    lab.host(SRV).ip("addr del " + from + "/24 dev eth0");
    lab.host(SRV).ip("addr add " + to + "/24 dev eth0");
    // The default route went with the address.
    lab.host(SRV).ip("route replace default via 203.0.113.1");
    lab.stop("web-dns");
    Wiring.serveNames(lab, "web-dns", lab.host(WEB), to);
  }
}
