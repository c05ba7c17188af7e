package io.wgwhy.connectors.collect.agent;

import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.ConntrackFlows;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.NetworkCounters;
import io.wgwhy.facts.Routes;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Of what is seen, what must be said: what differs from what was said before. Whoever listens ends
 * up with what a recording of everything leaves in the engine's memory.
 */
final class Changes {
  /** A window's length is this or a little more. */
  private static final long WINDOW = Catalogue.PEERS.toMillis() - 200;

  private final Map<String, Word> words = new HashMap<>();
  private final Map<String, Capture> quiet = new LinkedHashMap<>();
  private final WireGuardPorts ports = new WireGuardPorts();
  private final Strangers strangers = new Strangers();
  private boolean packetsMoved;

  /** What was said of one identity, and what has been the same since. */
  private static final class Word {
    private Fact said;
    private @Nullable Fact sameSince;
    private boolean stillnessTold;

    private Word(Fact said) {
      this.said = said;
    }
  }

  /**
   * @param facts of one moment
   * @return what to say, in order: moments that were passed over and are needed now, then of this
   *     moment what changed
   */
  List<Fact> of(List<Fact> facts) {
    ports.note(facts);
    List<Fact> before = new ArrayList<>();
    List<Fact> now = new ArrayList<>();
    for (Fact fact : facts) {
      if (fact instanceof Capture capture) {
        captured(capture, before, now);
      } else if (fact instanceof ConntrackFlows tracked) {
        say(ports.only(tracked), before, now);
      } else {
        say(fact, before, now);
      }
    }
    forgetWhatIsGone(facts);
    before.addAll(now);
    return before;
  }

  private void say(Fact fact, List<Fact> before, List<Fact> now) {
    Word word = words.get(fact.identity());
    if (word == null) {
      words.put(fact.identity(), new Word(fact));
      now.add(fact);
    } else if (!Still.same(word.said, fact)) {
      // Without the last of the same, a counter that jumps would seem to have crept up.
      if (word.sameSince != null) {
        before.add(word.sameSince);
      }
      word.said = fact;
      word.sameSince = null;
      word.stillnessTold = false;
      now.add(fact);
      if (fact instanceof Routes) {
        // A look-up counts only when it is not older than the routes.
        words.keySet().removeIf(it -> it.startsWith("route-lookup/" + fact.host() + "/"));
      }
    } else if (isStillnessNews(word, fact)) {
      word.said = fact;
      word.sameSince = null;
      word.stillnessTold = true;
      now.add(fact);
    } else {
      word.sameSince = fact instanceof WgPeer ? fact : null;
    }
    packetsMoved &= !(fact instanceof NetworkCounters);
  }

  /**
   * That counters stand still is news beside packets that come, and once when they have for as long
   * as an end waits to hear something: that they stopped is to be known before they move again.
   */
  private boolean isStillnessNews(Word word, Fact fact) {
    if (fact instanceof WgPeer peer) {
      boolean stopped =
          !word.stillnessTold && fact.at() - word.said.at() >= WireGuard.HEARING_TIMEOUT;
      return strangers.mayBe(peer) || stopped;
    }
    return fact instanceof NetworkCounters && packetsMoved;
  }

  /** A peer that comes again is new, whatever it was before. */
  private void forgetWhatIsGone(List<Fact> facts) {
    for (Fact fact : facts) {
      if (fact instanceof WgInventory inventory) {
        Set<String> there = new HashSet<>();
        facts.forEach(it -> there.add(it.identity()));
        String peers = "wg-peer/" + inventory.host() + "/";
        words.keySet().removeIf(it -> it.startsWith(peers) && !there.contains(it));
        strangers.countersRead();
      }
    }
  }

  /** Windows in which nothing was seen become one, until something is or {@link #quietTime}. */
  private void captured(Capture capture, List<Fact> before, List<Fact> now) {
    String identity = capture.identity();
    Capture held = quiet.remove(identity);
    if (!isQuiet(capture)) {
      packetsMoved |= !capture.flows().isEmpty();
      strangers.note(capture);
      if (held != null) {
        before.add(held);
      }
      now.add(capture);
      return;
    }
    boolean goesOn = held != null && capture.at() - held.at() < 2 * WINDOW;
    if (held != null && !goesOn) {
      before.add(held);
    }
    Long from = goesOn && held != null ? held.from() : Long.valueOf(capture.at() - WINDOW);
    quiet.put(identity, since(from, capture));
  }

  private static boolean isQuiet(Capture capture) {
    return capture.flows().isEmpty()
        && capture.errors().isEmpty()
        && capture.complete() != Answer.NO;
  }

  private static Capture since(@Nullable Long from, Capture it) {
    return new Capture(
        it.host(),
        it.at(),
        it.device(),
        it.direction(),
        from,
        it.packets(),
        it.complete(),
        it.filter(),
        it.data(),
        it.flows(),
        it.errors(),
        it.port());
  }

  /** For how long captures have seen nothing, as far as that was not said. */
  List<Fact> quietTime() {
    List<Fact> all = List.copyOf(quiet.values());
    quiet.clear();
    return all;
  }

  /** What was said of an identity does not count any more. */
  void forget(String identity) {
    words.remove(identity);
  }

  /** Nobody may have heard what was said: everything is new again. */
  void forgetAll() {
    words.clear();
  }
}
