package io.wgwhy.engine.session;

import io.wgwhy.facts.finding.Finding.Waypoint;
import io.wgwhy.facts.tunnel.HandshakePath;
import io.wgwhy.facts.tunnel.Leg;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The way of the handshake, as a finding shows it. */
final class Waypoints {
  private Waypoints() {}

  static List<Waypoint> of(Scene scene, HandshakePath path) {
    String a = scene.a().host();
    String b = scene.b().host();
    return List.of(
        waypoint("sent", a, path.sent(), "initiations sent by WireGuard"),
        waypoint("left", a, path.left(), "initiations left the network interface"),
        waypoint("arrived", b, path.arrived(), "initiations reached the network interface"),
        waypoint("delivered", b, path.delivered(), "initiations delivered by UDP"),
        waypoint("accepted", b, path.accepted(), "initiations accepted by WireGuard"),
        waypoint("answered", b, path.answered(), "responses sent by WireGuard"),
        waypoint("answer-left", b, path.answerLeft(), "responses left the network interface"),
        waypoint(
            "answer-arrived", a, path.answerArrived(), "responses reached the network interface"),
        waypoint("answer-delivered", a, path.answerDelivered(), "responses delivered by UDP"));
  }

  private static Waypoint waypoint(String leg, @Nullable String host, Leg seen, String what) {
    String says =
        switch (seen.passed()) {
          case UNKNOWN -> "nobody looked for " + what;
          case NO -> "no " + what;
          case YES -> seen.count() == null ? what : seen.count() + " " + what;
        };
    return new Waypoint(
        leg, host, seen.passed().name().toLowerCase(Locale.ROOT), seen.count(), says);
  }
}
