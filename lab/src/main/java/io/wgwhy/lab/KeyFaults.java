package io.wgwhy.lab;

import static io.wgwhy.lab.Demand.ping;
import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.CLI2;
import static io.wgwhy.lab.Topology.SRV;

import java.util.List;

/** Keys that do not belong together. */
final class KeyFaults {
  private static final String PUBLIC = "public-key-mismatch";
  private static final String PRESHARED = "preshared-key-mismatch";
  private static final String PSK_TOLD =
      "The preshared key enters only the response: the server accepts the initiation and answers,"
          + " the client cannot open the answer and drops it.";

  static final List<Fault> ALL =
      List.of(
          Fault.named("wrong-server-key", PUBLIC)
              .what("client has another public key for the server")
              .told(
                  "mac1 of the initiation is keyed with the server's public key: it is dropped"
                      + " before any cryptography.",
                  "no",
                  "half: 148s at the NIC, firewall open, UdpInDatagrams grows, dump 0")
              .by(Change.of(lab -> peerKey(lab, CLI, stranger()), lab -> lab.heal(CLI))),
          Fault.named("wrong-client-key", PUBLIC)
              .what("server has another public key for the client")
              .told(
                  "The server can open the initiation, finds no peer with that key and drops it.",
                  "no",
                  "half: as above; log: invalid initiation message")
              .by(Change.of(lab -> peerKey(lab, SRV, stranger()), lab -> lab.heal(SRV))),
          Fault.named("own-key-as-peer", "own-key-as-peer", PUBLIC)
              .what("client: PublicKey is the client's own")
              .told(
                  "The peer with the own key is left out: there is nobody to talk to.",
                  "yes: the peer's key is the own public key",
                  "half: nothing arrives")
              .by(
                  Change.of(
                      lab -> peerKey(lab, CLI, lab.keys(CLI).publicKey()), lab -> lab.heal(CLI))),
          Fault.named("psk-different", PRESHARED)
              .what("both have one, not the same")
              .told(PSK_TOLD, "yes: 92s at the NIC, UdpInDatagrams grows, rx 0", "no")
              .by(psk(CLI).and(psk(SRV))),
          Fault.named("psk-client-only", PRESHARED)
              .what("only the client has one")
              .told(PSK_TOLD, "yes: 92s at the NIC, UdpInDatagrams grows, rx 0", "no")
              .by(psk(CLI)),
          Fault.named("psk-server-only", PRESHARED)
              .what("only the server has one")
              .told(PSK_TOLD, "yes: 92s at the NIC, UdpInDatagrams grows, rx 0", "no")
              .by(psk(SRV)),
          Fault.named("dup-client-key", "duplicate-key")
              .what("two machines use the same conf (key and address) at the same time")
              .told(
                  "The server has one peer whose endpoint jumps between two addresses; each new"
                      + " handshake takes the session away from the other.",
                  "half: long gaps, handshakes far more often than every 120 s",
                  "yes: endpoint alternates between two addresses")
              .in(Topology.twoClients())
              .by(
                  Change.of(
                      lab -> lab.conf(CLI2, any -> Wiring.client(lab, CLI, "10.66.66.2/24")),
                      lab -> lab.heal(CLI2)))
              .lasting(
                  85,
                  List.of(ping(1.1, CLI, "10.66.66.1", 75), ping(1.1, CLI2, "10.66.66.1", 75))));

  private KeyFaults() {}

  private static String stranger() {
    return Keys.generate().publicKey();
  }

  private static void peerKey(Lab lab, String host, String key) {
    lab.conf(host, it -> it.peer(0, peer -> peer.set("PublicKey", key)));
  }

  private static Change psk(String host) {
    return Change.of(
        lab -> lab.conf(host, it -> it.peer(0, peer -> peer.set("PresharedKey", Keys.preshared()))),
        lab -> lab.heal(host));
  }
}
