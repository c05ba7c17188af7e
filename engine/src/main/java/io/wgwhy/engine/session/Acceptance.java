package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.Leg;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the responder's WireGuard made of the initiations, by its own counters. */
final class Acceptance {
  /** Outputs of one round of commands count as of one moment, ms. */
  private static final long SAME_ROUND = 2_000;

  private Acceptance() {}

  /** The initiations that it accepted: each adds 148 bytes to what it received. */
  static Leg accepted(Scene scene) {
    PeerView responder = scene.pair().responder();
    if (scene.unanswered() != null) {
      return Leg.counted(0);
    }
    if (responder == null || responder.peer() == null) {
      return Leg.UNKNOWN;
    }
    if (scene.tunnel().responderKnowsInitiator().no()) {
      return Leg.counted(0);
    }
    Long growth = growth(scene, responder, WgPeer::rxBytes);
    if (growth == null || (growth < WireGuard.INITIATION_BYTES && !scene.asked())) {
      return Leg.UNKNOWN;
    }
    // Of an initiator that was not seen nobody knows when it asked, but for what Unanswered tells.
    return growth < WireGuard.INITIATION_BYTES && !scene.a().seen()
        ? Leg.UNKNOWN
        : number(growth, WireGuard.INITIATION_BYTES);
  }

  /** The responses that it sent: each adds 92 bytes to what it sent. */
  static Leg answered(Scene scene) {
    PeerView responder = scene.pair().responder();
    Answer accepted = accepted(scene).passed();
    if (responder == null || !accepted.yes()) {
      return accepted.no() ? Leg.counted(0) : Leg.UNKNOWN;
    }
    Long growth = growth(scene, responder, WgPeer::txBytes);
    return growth == null ? Leg.UNKNOWN : number(growth, WireGuard.RESPONSE_BYTES);
  }

  /**
   * Growth of a counter while the initiator asked; null when it is not known. Without any session
   * all that it counts are initiations. After one, data may have come until the first question:
   * only what came later counts.
   */
  private static @Nullable Long growth(
      Scene scene, PeerView responder, Function<WgPeer, @Nullable Long> counter) {
    Samples samples = Samples.of(responder.samples());
    if (samples == null) {
      return null;
    }
    WgPeer last = samples.last();
    boolean session = !Objects.equals(last.latestHandshake(), 0L);
    Long now = counter.apply(last);
    Long then =
        session
            ? samples.from(scene.asking()).map(counter).orElse(null)
            : samples.before(scene.since()).map(counter).orElse(0L);
    Long growth = now == null || then == null ? null : Long.valueOf(now - then);
    return growth != null && (growth > 0 || watched(scene, samples)) ? growth : null;
  }

  /** Whether there was time for another initiation to come after the first that got no answer. */
  private static boolean watched(Scene scene, Samples samples) {
    WgPeer last = samples.last();
    if (scene.once()) {
      return last.at() >= scene.asking() - SAME_ROUND && Objects.equals(last.latestHandshake(), 0L);
    }
    WgPeer from = samples.from(scene.asking()).orElse(last);
    // Of equal samples in a row only the first and the last are kept.
    boolean stood =
        samples.before(scene.asking()).map(it -> Samples.received(it, from) == 0).orElse(false);
    return last.at() - (stood ? scene.asking() : from.at()) >= Scene.RETRY;
  }

  /** With data in between it is known that there were some, not how many. */
  private static Leg number(long bytes, int each) {
    return bytes >= each && bytes % each != 0 ? Leg.of(Answer.YES) : Leg.counted(bytes / each);
  }
}
