package io.wgwhy.engine.session;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Heartbeat;
import io.wgwhy.facts.NotTakenIn;
import io.wgwhy.facts.WireGuard;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which hosts are silent. Time passes here as far as somebody else's clock moved on in small steps:
 * another host's between its facts, or the receiver's own. So neither a clock that is wrong, nor
 * one that is put right, nor the end of a recording makes anybody silent.
 */
final class Hearing {
  /** A name that no host has. */
  private static final String RECEIVER = "";

  private final Map<String, Voice> voices = new HashMap<>();

  /** One entry for each host that promised to speak: when to look whether it did. */
  private final PriorityQueue<Deadline> deadlines =
      new PriorityQueue<>(Comparator.comparingLong(Deadline::due));

  private final Set<String> turned = new TreeSet<>();
  private final Set<String> silent = new TreeSet<>();

  /** Milliseconds since the session began. */
  private long now;

  private record Deadline(String host, long due) {}

  private static final class Voice {
    /** Its own clock at its last word. */
    private long at;

    /** {@link #now} by its own clock. */
    private long reckoned;

    /** When its last word came. */
    private long heard;

    private long every;
    private boolean awaited;

    /** Like every timer of the protocol that waits for an answer, and the promised interval. */
    private long patience() {
      return every + WireGuard.HEARING_TIMEOUT;
    }
  }

  /** Takes note of a host's word. */
  void heard(Fact fact) {
    if (fact instanceof NotTakenIn) {
      // The engine's word, not the host's.
      return;
    }
    Voice voice = spoke(fact.host(), fact.at());
    if (fact instanceof Heartbeat promise) {
      // A day is no promise any more; and sums stay sums.
      long every = Math.max(0, Math.min(promise.everyMillis(), 86_400_000));
      voice.every = promise.last() ? 0 : every;
      await(fact.host(), voice);
    }
    if (silent.remove(fact.host())) {
      turned.add(fact.host());
      await(fact.host(), voice);
    }
  }

  /** Milliseconds since the session began, by whoever's clock moved on. */
  long now() {
    return now;
  }

  /** The receiver's own clock says so, ms since the epoch. */
  void tick(long clock) {
    spoke(RECEIVER, clock);
  }

  private Voice spoke(String name, long at) {
    Voice voice = voices.get(name);
    if (voice == null) {
      voice = new Voice();
      voice.reckoned = now;
      voice.at = at;
      voices.put(name, voice);
    }
    long step = at - voice.at;
    // What was begun earlier and told later is no step back, or the way forth again would count
    // twice.
    if (step > 0 || step < -voice.patience()) {
      boolean believed = step > 0 && step <= voice.patience();
      voice.reckoned = believed ? voice.reckoned + step : now;
      voice.at = at;
    }
    now = Math.max(now, voice.reckoned);
    voice.heard = now;
    return voice;
  }

  private void await(String host, Voice voice) {
    if (voice.every > 0 && !voice.awaited) {
      voice.awaited = true;
      deadlines.add(new Deadline(host, voice.heard + voice.patience()));
    }
  }

  /** The hosts that fell silent, or speak again, since the last call. */
  Set<String> turned() {
    while (!deadlines.isEmpty() && deadlines.peek().due() < now) {
      String host = deadlines.remove().host();
      Voice voice = voices.get(host);
      if (voice != null) {
        voice.awaited = false;
        if (now - voice.heard <= voice.patience()) {
          await(host, voice);
        } else if (voice.every > 0 && silent.add(host)) {
          turned.add(host);
        }
      }
    }
    Set<String> all = new TreeSet<>(turned);
    turned.clear();
    return all;
  }

  /** The hosts that are silent now. */
  Set<String> silent() {
    return silent;
  }

  boolean isSilent(String host) {
    return silent.contains(host);
  }

  /** How often a host wanted to speak, ms; 0 when it promised nothing. */
  long every(String host) {
    Voice voice = voices.get(host);
    return voice == null ? 0 : voice.every;
  }

  /** After a restart everybody gets the time again that a host may take. */
  void beginAnew() {
    deadlines.clear();
    turned.clear();
    silent.clear();
    voices.forEach(
        (host, voice) -> {
          voice.reckoned = now;
          voice.heard = now;
          voice.awaited = false;
          await(host, voice);
        });
  }

  /** It was silent before the restart, and has not spoken since. */
  void stillSilent(String host) {
    Voice voice = voices.get(host);
    if (voice != null && voice.every > 0 && silent.add(host)) {
      turned.add(host);
    }
  }
}
