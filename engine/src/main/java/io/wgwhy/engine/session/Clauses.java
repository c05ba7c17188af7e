package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.tunnel.Addressing;
import io.wgwhy.facts.tunnel.FilterVerdict;
import io.wgwhy.facts.tunnel.Forwarding;
import io.wgwhy.facts.tunnel.Leg;
import io.wgwhy.facts.tunnel.Reach;
import io.wgwhy.facts.tunnel.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The clauses in which judgements are told: what is unknown is left out. */
final class Clauses {
  private Clauses() {}

  static String trend(Trend it) {
    String heard = ", nothing received for " + it.silentMillis() / 1000 + " s";
    return switch (it.condition()) {
          case ASKS_IN_VAIN ->
              it.sentUnheard()
                  + " bytes sent"
                  + (it.handshake().no() ? ", nothing received, no handshake" : heard);
          case ANSWERS_IN_VAIN -> "accepts initiations, and no session comes of it";
          case MUTE -> "should send (endpoint and keepalive are set) and does not";
          case HEARS ->
              "receives"
                  + (it.handshakeAge() == null
                      ? ""
                      : ", latest handshake " + it.handshakeAge() + " s ago");
          case HEARS_ONLY_KEEPALIVES -> "data goes out, only keepalives come back";
          case IDLE -> "neither sends nor receives";
          case NEVER_USED -> "nothing was ever sent or received";
          case UNKNOWN -> "too little was seen";
        }
        + (it.endpointReturned().yes()
            ? "; the peer's endpoint went to and fro " + it.endpointChanges() + " times"
            : "")
        + (it.handshakeInFuture().yes()
            ? "; the latest handshake lay in the future by its own clock"
            : "");
  }

  static String filter(FilterVerdict it) {
    String what = word(it.way()).replace('-', ' ');
    String verdict =
        it.passes().yes() ? " passes" : it.passes().no() ? " is dropped" : " may be dropped";
    return what
        + verdict
        + (it.decidedBy() == null ? "" : " (" + it.tool() + ": " + it.decidedBy() + ")")
        + (it.counted().yes() && it.passes().no() ? ", and the counter there grows" : "");
  }

  static String addressing(Addressing it) {
    String allowed =
        it.none().yes()
            ? "shows allowed ips (none) for this peer"
            : it.allowed().yes()
                ? "lets that address in"
                : it.allowed().no() ? "does not let that address in" : "AllowedIPs not seen";
    String other = it.otherPeer() == null ? "" : "; the address belongs to peer " + it.otherPeer();
    String back = it.wayBackDevice() == null ? "" : "; routes it to " + it.wayBackDevice();
    return allowed
        + other
        + back
        + (it.sourceCheckDrops().yes() ? "; rp_filter drops packets" : "");
  }

  static String forwarding(Forwarding it) {
    String forwards =
        it.forwards() == Answer.UNKNOWN
            ? ""
            : it.setting() + " = " + (it.forwards().yes() ? 1 : 0) + "; ";
    String nat =
        it.masqueraded().yes()
            ? "what leaves is translated"
            : it.masqueraded().no() ? "what leaves is not translated" : "NAT rules not seen";
    return forwards
        + (it.egressDevice() == null ? "" : "leaves by " + it.egressDevice() + "; ")
        + nat
        + (it.masqueradeDevice() == null ? "" : "; masquerades " + it.masqueradeDevice());
  }

  static String reach(Reach it) {
    List<String> parts = new ArrayList<>();
    answer(parts, it.peerAddress(), "the other end's tunnel address");
    answer(parts, it.beyond(), "an address behind it");
    if (it.lostBytes() != null) {
      parts.add(
          "packets of "
              + it.lostBytes()
              + " bytes are lost"
              + (it.passedBytes() == null ? "" : ", of " + it.passedBytes() + " pass"));
    }
    if (it.page().no()) {
      parts.add("pages stall");
    }
    if (it.names().no()) {
      parts.add(
          "names do not resolve" + (it.nameserver() == null ? "" : " (" + it.nameserver() + ")"));
    }
    return String.join("; ", parts);
  }

  private static void answer(List<String> parts, Answer answer, String what) {
    if (!answer.unknown()) {
      parts.add(what + (answer.yes() ? " answers" : " does not answer"));
    }
  }

  static String count(Leg leg) {
    return leg.count() == null ? "some" : leg.count().toString();
  }

  static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
