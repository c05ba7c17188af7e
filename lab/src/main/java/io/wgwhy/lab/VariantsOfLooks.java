package io.wgwhy.lab;

import static io.wgwhy.lab.Demand.fetch;
import static io.wgwhy.lab.Demand.ping;
import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.SRV;
import static io.wgwhy.lab.Topology.TRANSIT;

import java.util.List;

/** Other ways to look at a tunnel: less of it, in other forms, at other moments. */
final class VariantsOfLooks {
  private static final Topology HOME = Topology.homeOffice();
  private static final String UPSTREAM = "udp-port-blocked-upstream";

  static final List<Fault> ALL =
      List.of(
          Fault.named("v-any-upstream-drop", UPSTREAM)
              .what("captures on any, wg show as text; a router drops the port")
              .told("Nothing arrives.", "no", "half: nothing arrives")
              .in(HOME.with(VariantsOfLooks::anyAndText))
              .by(
                  Change.nft(
                      TRANSIT, "inet lab", FilterFaults.forward("udp dport 51820 counter drop"))),
          Fault.named("v-any-healthy")
              .what("captures on any, wg show as text")
              .told("Everything works.", "yes", "yes")
              .in(HOME.with(VariantsOfLooks::anyAndText)),
          Fault.named("v-any-wrong-client-key", "public-key-mismatch")
              .what("captures on any, wg show as text; the server has another key for the client")
              .told("148s arrive, nothing is counted.", "no", "half")
              .in(HOME.with(VariantsOfLooks::anyAndText))
              .by(
                  Change.of(
                      lab ->
                          lab.conf(
                              SRV,
                              it ->
                                  it.peer(0, p -> p.set("PublicKey", Keys.generate().publicKey()))),
                      lab -> lab.heal(SRV))),
          Fault.named("v-no-client-captures-reply-drop", "udp-replies-blocked")
              .what("nobody captures at the client; a router drops the answers")
              .told(
                  "Server accepts and answers; whether the answer arrives is not seen.",
                  "no",
                  "no",
                  "likely at most: a preshared key mismatch looks the same without the client's capture")
              .in(HOME.with(lab -> lab.view(CLI, View::notCaptured)))
              .by(
                  Change.nft(
                      TRANSIT, "inet lab", FilterFaults.forward("udp sport 51820 counter drop"))),
          Fault.named("v-no-server-captures-blocked", FilterFaults.BLOCKED)
              .what("nobody captures at the server; its firewall drops the port")
              .told(
                  "Whether the initiations arrive is told by the rule's counter only.",
                  "no",
                  "yes: the counter")
              .in(HOME.with(lab -> lab.view(SRV, View::notCaptured)))
              .by(
                  Change.nft(
                      SRV, "inet filter", FilterFaults.input("udp dport 51820 counter drop"))),
          Fault.named("v-no-captures-psk", "preshared-key-mismatch")
              .what("no captures at all; the preshared keys differ")
              .told("By the confs, which hold both keys.", "no", "no")
              .in(
                  HOME.with(
                      lab -> {
                        lab.view(SRV, View::notCaptured);
                        lab.view(CLI, View::notCaptured);
                      }))
              .by(VariantsOfPeers.psk(CLI).and(VariantsOfPeers.psk(SRV))),
          Fault.named("v-upstream-drop-heals", UPSTREAM)
              .what("a router drops the port from 20 s to 60 s; then the tunnel works again")
              .told("Found meanwhile, resolved at the end.", "half", "half")
              .midway(
                  20,
                  Change.nft(
                      TRANSIT, "inet lab", FilterFaults.forward("udp dport 51820 counter drop")))
              .healing(60)
              .lasting(100, List.of(ping(0.9, CLI, "10.66.66.1", 92))),
          Fault.named("v-forward-off-heals", "ip-forward-off")
              .what("ip_forward is off from 15 s to 45 s")
              .told("Found meanwhile, resolved at the end.", "no", "yes: sysctl")
              .midway(15, Change.sysctl(SRV, "net.ipv4.ip_forward", "0", "1"))
              .healing(45)
              .lasting(80, List.of(ping(0.9, CLI, "192.0.2.80", 72))),
          Fault.named("v-clock-skew-healthy")
              .what("the server's clock is 300 s ahead, the client's 40 s behind; arrival is known")
              .told("Different clocks are harmless by themselves.", "yes", "yes")
              .in(
                  HOME.with(
                      lab -> {
                        lab.view(SRV, it -> it.ahead(300));
                        lab.view(CLI, it -> it.ahead(-40));
                      })),
          Fault.named("v-clock-skew-blocked", FilterFaults.BLOCKED)
              .what("the same clocks; the firewall drops the port")
              .told("The clocks have nothing to do with it.", "no", "yes")
              .in(
                  HOME.with(
                      lab -> {
                        lab.view(SRV, it -> it.ahead(300));
                        lab.view(CLI, it -> it.ahead(-40));
                      }))
              .by(Change.nft(SRV, "inet filter", FilterFaults.FORGETFUL)),
          Fault.named("v-restart-healthy")
              .what("somebody restarts the server's interface; it works before and after")
              .told("Everything works.", "yes", "yes")
              .midway(25, Change.of(lab -> lab.restart(SRV), lab -> {}))
              .lasting(75, List.of(ping(0.9, CLI, "10.66.66.1", 66))),
          Fault.named("v-rekey-pages-only-healthy")
              .what("a page every 25 s, no keepalive; a new handshake at 120 s is in view")
              .told("Everything works.", "yes", "yes")
              .in(HOME.with(Surroundings.keepalive(0)))
              .lasting(
                  150,
                  List.of(
                      fetch(2.9, "http://192.0.2.80/", true, 6),
                      fetch(28, "http://192.0.2.80/", true, 6),
                      fetch(53, "http://192.0.2.80/", true, 6),
                      fetch(78, "http://192.0.2.80/", true, 6),
                      fetch(103, "http://192.0.2.80/", true, 6),
                      fetch(128, "http://192.0.2.80/", true, 6))),
          Fault.named("v-short-healthy")
              .what("20 seconds of a recording")
              .told("Everything works.", "yes", "yes")
              .lasting(20, List.of(ping(0.9, CLI, "10.66.66.1", 16))));

  private VariantsOfLooks() {}

  private static void anyAndText(Lab lab) {
    for (String end : List.of(CLI, SRV)) {
      lab.view(end, it -> it.oneCapture("any").asText());
    }
  }
}
