package io.wgwhy.engine.session;

import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.facts.tunnel.Trend;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an end's keys, and the time of its handshake, show by themselves. */
final class KeyClues {
  private final Clues clues;

  KeyClues(Clues clues) {
    this.clues = clues;
  }

  void look() {
    String own = clues.end().publicKey();
    if (own != null && own.equals(clues.end().peerKey())) {
      clues.add(
          Shows.OWN_KEY, clues.host().name() + " has its own public key as its peer's", own, null);
    }
    twins(own);
    // What runs may be another than the file; where a handshake succeeded, the keys are right.
    boolean never =
        neverSucceeded(clues.scene().initiatorTrend())
            && neverSucceeded(clues.scene().responderTrend());
    boolean configured = (isConfigured(clues.host()) || isConfigured(other())) && never;
    if (configured
        && clues.end().presharedKey().present().yes()
        && clues.otherEnd().presharedKey().present().no()) {
      clues.add(
          Shows.WRONG_PRESHARED_KEY,
          // A line that a file lacks may have been taken out before it was shown.
          isConfigured(clues.host()) ? Symptom.Kind.NO_HANDSHAKE : Symptom.Kind.REPORTED,
          clues.host().name()
              + "'s set-up has a preshared key, and that of "
              + clues.otherEnd().name()
              + " has none",
          null,
          null);
    }
    if (never && isConfigured(clues.host())) {
      otherKey();
    }
    Trend trend = clues.serves() ? clues.scene().responderTrend() : clues.scene().initiatorTrend();
    boolean backward =
        clues.host().peers(Objects.requireNonNullElse(clues.end().iface(), "")).stream()
            .anyMatch(
                it ->
                    it.handshakeAge() != null
                        && it.handshakeAge() < 0
                        && it.latestHandshake() == null);
    if (backward || (trend != null && trend.handshakeInFuture().yes())) {
      clues.add(
          Shows.CLOCK_BACKWARD,
          "the latest handshake lies in the future by "
              + clues.host().name()
              + "'s own clock: it was set back",
          null,
          null);
    }
  }

  private HostFacts other() {
    return clues.scene().memory().host(clues.otherEnd().host());
  }

  private static boolean isConfigured(HostFacts host) {
    return !host.all(WgConfig.class).isEmpty();
  }

  /**
   * The keys that were not cut out differ, and the tunnel addresses say that it is the same tunnel.
   */
  private void otherKey() {
    String named = clues.end().peerKey();
    String has = clues.otherEnd().publicKey();
    List<String> allowed = clues.otherEnd().allowedIps();
    boolean same =
        allowed != null
            && clues.end().tunnelAddresses().stream()
                .map(Prefixes::withoutLength)
                .anyMatch(it -> Prefixes.anyHolds(allowed, it).yes());
    if (!clues.serves() && same && named != null && has != null && !named.equals(has)) {
      clues.add(
          Shows.WRONG_PUBLIC_KEY,
          clues.host().name()
              + "'s configuration has "
              + named
              + " as its peer's public key, and that of "
              + clues.otherEnd().name()
              + " is "
              + has,
          named,
          has);
    }
  }

  /**
   * Another host runs with the same key, by another port: each takes the session from the other.
   */
  private void twins(@Nullable String own) {
    if (own == null || clues.serves() || !clues.end().present().yes()) {
      return;
    }
    for (HostFacts host : clues.scene().memory().hosts()) {
      boolean other = !host.name().equals(clues.host().name());
      boolean twin =
          other
              && host.all(WgInterface.class).stream()
                  .filter(it -> own.equals(it.publicKey()))
                  .filter(it -> it.listenPort() != null)
                  .anyMatch(it -> !Objects.equals(it.listenPort(), clues.end().listenPort()))
              && host.all(WgPeer.class).stream()
                  .filter(it -> Objects.equals(it.publicKey(), clues.end().peerKey()))
                  .anyMatch(it -> it.latestHandshake() == null || it.latestHandshake() != 0);
      if (twin && clues.end().listenPort() != null) {
        clues.add(
            Shows.KEY_TWICE,
            Symptom.Kind.UNSTABLE,
            clues.host().name()
                + " and "
                + host.name()
                + " run with the same key: each takes the session from the other",
            own,
            null);
        return;
      }
    }
  }

  private static boolean neverSucceeded(@Nullable Trend trend) {
    return trend == null || trend.handshake().no();
  }
}
