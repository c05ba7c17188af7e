package io.wgwhy.engine.session;

import io.wgwhy.facts.ClockState;
import io.wgwhy.facts.NetworkCounters;
import io.wgwhy.facts.Sysctls;
import io.wgwhy.facts.WgLog;
import io.wgwhy.facts.WgLog.Meaning;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.Symptom;
import org.jspecify.annotations.Nullable;

/** What logs and counters alone show. */
final class LogClues {
  /** One packet may be refused while an interface comes up or a phone changes its network. */
  private static final int MORE_THAN_ONCE = 2;

  private final Clues clues;

  private final @Nullable WgLog log;

  /** Whether what did not complete never left. */
  private boolean unsent;

  /** Whether answers came, and were not taken: then nothing on the way swallows them. */
  private boolean answered;

  /** Whether the clock was set back: that is why the other end does not answer, most likely. */
  private boolean setBack;

  LogClues(Clues clues) {
    this.clues = clues;
    this.log = clues.latest(WgLog.class);
  }

  void look() {
    if (log != null) {
      unsent = isUnsent(log);
      answered = log.entries().stream().anyMatch(it -> it.meaning() == Meaning.INVALID_RESPONSE);
      setBack = log.entries().stream().anyMatch(it -> it.meaning() == Meaning.CLOCK_SET_BACK);
      log.entries().forEach(it -> entry(it, log));
    }
    NetworkCounters counters = clues.latest(NetworkCounters.class);
    Sysctls sysctls = clues.latest(Sysctls.class);
    boolean strict =
        sysctls != null
            && sysctls.values().entrySet().stream()
                .anyMatch(it -> it.getKey().endsWith(".rp_filter") && it.getValue() == 1);
    if (counters != null
        && counters.reversePathFiltered() != null
        && counters.reversePathFiltered() > 0
        && strict) {
      clues.add(
          Shows.SOURCE_VALIDATION_DROPS,
          "rp_filter is strict on "
              + clues.host().name()
              + " and has dropped "
              + counters.reversePathFiltered()
              + " packets",
          null,
          null);
    }
  }

  /** The other end, when its clock is known not to be kept right. */
  private @Nullable String unsynced() {
    String other = clues.otherEnd().host();
    ClockState clock = clues.scene().memory().host(other).latest(ClockState.class);
    return clock != null && clock.synced().no() ? other : null;
  }

  /** Whether this end asks with a clock that nobody has set since it was switched on. */
  private boolean isNeverSet() {
    ClockState clock = clues.latest(ClockState.class);
    return !clues.serves() && clock != null && clock.synced().no() && clock.service().unknown();
  }

  /** Whether about each attempt failed at being sent: then there is nothing to be answered. */
  private static boolean isUnsent(WgLog log) {
    int failed = 0;
    int attempts = 0;
    for (WgLog.Entry entry : log.entries()) {
      switch (entry.meaning()) {
        case SEND_NOT_PERMITTED, SEND_UNREACHABLE -> failed += entry.count();
        case HANDSHAKE_DID_NOT_COMPLETE -> attempts += entry.count();
        default -> {}
      }
    }
    return failed >= MORE_THAN_ONCE && failed >= attempts;
  }

  private static String to(String of) {
    return of.isEmpty() ? " the endpoint" : of;
  }

  private void entry(WgLog.Entry entry, WgLog log) {
    String host = clues.host().name();
    String of = entry.address() == null ? "" : " " + entry.address();
    switch (entry.meaning()) {
      case INVALID_MAC ->
          clues.add(
              Shows.WRONG_PUBLIC_KEY,
              Symptom.Kind.NO_HANDSHAKE,
              host
                  + "'s log refuses initiations: the sender"
                  + of
                  + " has another public key for it",
              null,
              null);
      case INVALID_INITIATION -> {
        String unsynced = unsynced();
        if (unsynced != null) {
          clues.add(
              Shows.CLOCK_BACKWARD,
              Symptom.Kind.NO_HANDSHAKE,
              host
                  + "'s log refuses initiations, and the clock of "
                  + unsynced
                  + " is not kept right: they may be older than one it has accepted",
              null,
              null);
        }
        clues.add(
            Shows.WRONG_PUBLIC_KEY,
            Symptom.Kind.NO_HANDSHAKE,
            host
                + "'s log refuses initiations from"
                + of
                + ": no peer has that key, or they are too old",
            null,
            null);
      }
      case HANDSHAKE_REPLAY ->
          clues.add(
              Shows.CLOCK_BACKWARD,
              Symptom.Kind.NO_HANDSHAKE,
              host
                  + "'s log calls the initiations replays: they are older than one it has accepted",
              null,
              null);
      case INVALID_RESPONSE ->
          clues.add(
              Shows.WRONG_PRESHARED_KEY,
              Symptom.Kind.NO_HANDSHAKE,
              host + "'s log says that it cannot open the responses",
              null,
              null);
      case UNALLOWED_SOURCE ->
          clues.add(
              Shows.SOURCE_NOT_ALLOWED,
              host
                  + "'s log refuses packets from"
                  + of
                  + " inside the tunnel: not in the peer's AllowedIPs",
              entry.address(),
              null);
      case DNS_QUERY_REFUSED ->
          clues.add(
              Shows.NAMES_REFUSED,
              "the name server on " + host + " refuses questions from" + of,
              entry.address(),
              null);
      case NAME_SERVER_FAILED ->
          clues.add(
              Shows.NAMES_REFUSED,
              "the name server on "
                  + host
                  + " says that it stops, or that nobody answers its own questions",
              null,
              null);
      case CLOCK_SET ->
          clues.add(
              Shows.CLOCK_BACKWARD,
              Symptom.Kind.NO_HANDSHAKE,
              "the clock of "
                  + host
                  + " was wrong until its time service set it: what it asked before that may be"
                  + " older than what the other end has accepted",
              null,
              null);
      case CLOCK_SET_BACK ->
          clues.add(
              Shows.CLOCK_BACKWARD,
              Symptom.Kind.NO_HANDSHAKE,
              "the time service of "
                  + host
                  + " set its clock back: what it asks now may be older than what the other end has"
                  + " accepted before",
              null,
              null);
      case NO_PEER_FOR_DESTINATION ->
          clues.add(
              Shows.NO_PEER_HAS_DESTINATION,
              host
                  + "'s log says for"
                  + (of.isEmpty() ? " a packet" : of)
                  + " that no peer's AllowedIPs hold it",
              entry.address(),
              null);
      case NO_ENDPOINT ->
          clues.add(
              Shows.NO_ENDPOINT, host + "'s log says that the peer has no endpoint", null, null);
      case ADDRESS_IN_USE -> {
        // The bring-up's own finding says it.
      }
      case FIREWALL_DROPPED_INPUT ->
          clues.add(
              Shows.INPUT_DROPS,
              Symptom.Kind.NO_HANDSHAKE,
              "the firewall of " + host + " logs that it drops WireGuard's packets from" + of,
              null,
              null);
      case FIREWALL_DROPPED_FORWARD ->
          clues.add(
              Shows.FORWARD_DROPS,
              Symptom.Kind.NOTHING_BEYOND,
              "the firewall of " + host + " logs that it drops what comes out of the tunnel",
              null,
              null);
      case MARTIAN_SOURCE ->
          clues.add(
              Shows.SOURCE_VALIDATION_DROPS,
              "the kernel of " + host + " logs packets from the tunnel as martians",
              null,
              null);
      case SOURCE_REFUSED -> {
        // Others' packets are martians every day.
        if (new CaptureClues(clues).sawInitiationsFrom(entry.address())) {
          clues.add(
              Shows.SOURCE_VALIDATION_DROPS,
              Symptom.Kind.NO_HANDSHAKE,
              "initiations from"
                  + of
                  + " reach "
                  + host
                  + ", and its kernel logs them as martians: no way back leads to where they come"
                  + " from",
              entry.address(),
              null);
        }
      }
      case ROUTING_LOOP ->
          clues.add(
              Shows.ENDPOINT_IN_TUNNEL,
              Symptom.Kind.NO_HANDSHAKE,
              "the kernel of " + host + " logs a loop: the tunnel's own packets are routed into it",
              null,
              null);
      case ANSWERED_IN_VAIN ->
          clues.add(
              Shows.ANSWERED_IN_VAIN,
              Symptom.Kind.NO_HANDSHAKE,
              host
                  + "'s log shows initiations"
                  + (of.isEmpty() ? "" : " from" + of)
                  + " that are answered and repeated 5 s later, "
                  + entry.count()
                  + " in a row: the answers do not arrive, or are not taken",
              null,
              null);
      case HANDSHAKE_DID_NOT_COMPLETE, GAVE_UP -> {
        if (!unsent && !answered && !setBack && isNeverSet()) {
          clues.add(
              Shows.CLOCK_NOT_KEPT,
              Symptom.Kind.NO_HANDSHAKE,
              host
                  + "'s log says that handshakes do not complete, and its clock was never set: they"
                  + " may be older than one that the other end has accepted",
              null,
              null);
        } else if (!unsent && !answered && !setBack) {
          clues.add(
              Shows.NO_ANSWER,
              Symptom.Kind.NO_HANDSHAKE,
              host + "'s log says that handshakes do not complete",
              null,
              null);
          new AskedPort(clues).look(log);
        }
      }
      case SEND_TOO_LONG ->
          clues.add(
              Shows.TOO_LARGE,
              "WireGuard on " + host + " logs packets that are too long for the way",
              null,
              null);
      case TWO_ADDRESSES ->
          clues.add(
              Shows.KEY_TWICE,
              Symptom.Kind.UNSTABLE,
              host
                  + "'s log shows the initiations of one peer coming from two addresses in turn, "
                  + entry.count()
                  + " changes: two hosts may use one key",
              entry.address(),
              null);
      case SEND_NOT_PERMITTED -> {
        if (!clues.serves() && unsent) {
          clues.add(
              Shows.SENDING_REFUSED,
              Symptom.Kind.NO_HANDSHAKE,
              "WireGuard on "
                  + host
                  + " may not send: its log says that a filter of the host refuses what it sends",
              null,
              null);
        }
      }
      case SEND_UNREACHABLE -> {
        if (!clues.serves() && unsent) {
          clues.add(
              Shows.NO_WAY_TO_ENDPOINT,
              Symptom.Kind.NO_HANDSHAKE,
              "WireGuard on " + host + " cannot send: its log says that no route leads to" + to(of),
              entry.address() == null ? "endpoint" : entry.address(),
              null);
        }
      }
      case SEND_REFUSED -> {
        if (!clues.serves() && entry.count() >= MORE_THAN_ONCE) {
          clues.add(
              Shows.NOBODY_LISTENS,
              Symptom.Kind.NO_HANDSHAKE,
              host
                  + "'s log says that"
                  + to(of)
                  + " refuses what is sent: nobody listens at that port",
              entry.address(),
              null);
        }
      }
      case SEND_FAILED, TUN_WRITE_FAILED, COOKIE_SENT -> {
        // Nothing that a log alone would prove.
      }
    }
  }
}
