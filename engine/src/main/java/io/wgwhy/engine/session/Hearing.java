package io.wgwhy.engine.session;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Heartbeat;
import io.wgwhy.facts.NotTakenIn;
import io.wgwhy.facts.WireGuard;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts are silent. Time passes here as far as somebody else's clock moved on in small steps:
 * another host's between its facts, or the receiver's own. So neither a clock that is wrong, nor
 * one that is put right, nor the end of a recording makes anybody silent.
 */
final class Hearing {
  /**
   * A week: who is not heard for so long by the data's clock is taken to be gone for good, and is
   * forgotten. Longer than a weekend; who comes back from a holiday begins anew.
   */
  static final long FORGOTTEN_AFTER = Duration.ofDays(7).toMillis();

  /** How often somebody is sought who is to be forgotten, ms by the data's clock. */
  private static final long SOUGHT_EVERY = 60_000;

  /** A name that no host has. */
  private static final String RECEIVER = "";

  private final Map<String, Voice> voices = new HashMap<>();

  /** Who spoke last: mostly it speaks again. */
  private String recentName = "";

  private @Nullable Voice recent;

  /** One entry for each host that promised to speak: when to look whether it did. */
  private final PriorityQueue<Deadline> deadlines =
      new PriorityQueue<>(Comparator.comparingLong(Deadline::due));

  private final Set<String> turned = new TreeSet<>();
  private final Set<String> silent = new TreeSet<>();

  /** Milliseconds since the session began. */
  private long now;

  /** When somebody was sought last who is to be forgotten, in units of {@link #SOUGHT_EVERY}. */
  private long sought;

  private record Deadline(String host, long due) {}

  private static final class Voice {
    /** Its own clock at its last word. */
    private long last;

    /** The same, but for words of what was before and came late: from there steps are counted. */
    private long at;

    /** {@link #now} by its own clock. */
    private long reckoned;

    /** When its last word came. */
    private long heard;

    /** The same by the data's clock, ms since the epoch. */
    private long heardAt;

    /** The latest moment that it spoke of, by its own clock. */
    private long newest;

    private long every;
    private boolean awaited;

    /** Until when it is not silent, however long ago its last word came. */
    private long spared;

    /** Until when it may be quiet, unless it speaks. */
    private long deadline() {
      return Math.max(heard + patience(), spared);
    }

    /** Like every timer of the protocol that waits for an answer, and the promised interval. */
    private long patience() {
      return every + WireGuard.HEARING_TIMEOUT;
    }
  }

  /**
   * Takes note of a host's word.
   *
   * @param clock the data's, of all hosts, ms since the epoch
   */
  void heard(Fact fact, long clock) {
    if (fact instanceof NotTakenIn) {
      // The engine's word, not the host's.
      return;
    }
    Voice voice = spoke(fact.host(), fact.at());
    voice.heardAt = Math.max(clock, fact.at());
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
    Voice voice = recent != null && name.equals(recentName) ? recent : voices.get(name);
    recentName = name;
    recent = voice;
    if (voice == null) {
      voice = new Voice();
      voice.reckoned = now;
      voice.at = at;
      voice.newest = at;
      voices.put(name, voice);
      recent = voice;
    }
    voice.last = at;
    voice.newest = Math.max(voice.newest, at);
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
      deadlines.add(new Deadline(host, voice.deadline()));
    }
  }

  /** The hosts that fell silent, or speak again, since the last call. */
  Set<String> turned() {
    while (!deadlines.isEmpty() && deadlines.peek().due() < now) {
      String host = deadlines.remove().host();
      Voice voice = voices.get(host);
      if (voice != null) {
        voice.awaited = false;
        if (now <= voice.deadline()) {
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

  /** The latest moment that a host spoke of, by its own clock; null when it never spoke. */
  @Nullable Long newest(String host) {
    Voice voice = voices.get(host);
    return voice == null ? null : Long.valueOf(voice.newest);
  }

  /** A host's clock was put back: its latest moment is that of its last word. */
  void putBack(String host) {
    Voice voice = voices.get(host);
    if (voice != null) {
      voice.newest = voice.last;
      voice.at = voice.last;
      voice.reckoned = now;
    }
  }

  /**
   * The hosts that are to be forgotten. Not those of which it is only their own clock that says so:
   * after a restart they get the time again that a host may take.
   *
   * @param clock the data's, ms since the epoch
   */
  Set<String> toForget(long clock) {
    Set<String> found = new TreeSet<>();
    if (clock / SOUGHT_EVERY != sought) {
      sought = clock / SOUGHT_EVERY;
      long limit = sought * SOUGHT_EVERY - FORGOTTEN_AFTER;
      voices.forEach(
          (host, voice) -> {
            boolean isLongAgo = voice.heardAt < limit && now - voice.heard > voice.patience();
            if (isLongAgo && !host.equals(RECEIVER)) {
              found.add(host);
            }
          });
    }
    return found;
  }

  void forget(String host) {
    voices.remove(host);
    recent = null;
    silent.remove(host);
    turned.remove(host);
    deadlines.removeIf(it -> it.host().equals(host));
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

  /** By host that promised to speak and is not silent for how long nothing came of it, ms. */
  Map<String, Long> awaited() {
    Map<String, Long> found = new HashMap<>();
    voices.forEach(
        (host, voice) -> {
          if (voice.every > 0 && !silent.contains(host)) {
            found.put(host, now - voice.heard);
          }
        });
    return found;
  }

  /** Whether a host should have spoken, and is not silent yet. */
  boolean isOverdue() {
    for (Map.Entry<String, Voice> it : voices.entrySet()) {
      Voice voice = it.getValue();
      if (voice.every > 0
          && now - voice.heard > voice.every + WireGuard.REKEY_TIMEOUT
          && !silent.contains(it.getKey())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Nobody listened for a while.
   *
   * @param unheard by host that is awaited for how long nothing came of it, ms
   * @param away for how long nobody listened, ms
   * @param more whether who is overdue gets {@link WireGuard#REKEY_TIMEOUT} more, as its next word
   *     may be on its way
   */
  void goOn(Map<String, Long> unheard, long away, boolean more) {
    deadlines.clear();
    voices.forEach(
        (host, voice) -> {
          long millis = Math.max(away, unheard.getOrDefault(host, away));
          // By its next word no time passes that is counted already.
          voice.reckoned = now - millis;
          if (unheard.containsKey(host)) {
            voice.heard = now - millis;
            voice.spared = more ? now + WireGuard.REKEY_TIMEOUT : voice.heard;
          }
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
