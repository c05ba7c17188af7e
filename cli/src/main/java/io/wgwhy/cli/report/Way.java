package io.wgwhy.cli.report;

import io.wgwhy.facts.finding.Finding.Waypoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The way of the handshake, leg by leg: the initiation to the responder, its answer back.
 *
 * @param legs nine, in the order of the way
 */
record Way(List<Leg> legs) {
  /** The names that waypoints have, and the words for what is seen there and what is not. */
  private enum Place {
    SENT("sent", "sent", "%1$s sends initiations", "%1$s sends no initiation"),
    LEFT("left", "left", "initiations leave %1$s", "none leaves it"),
    ARRIVED("arrived", "arrived", "initiations arrive at %2$s", "none arrives at %2$s"),
    DELIVERED(
        "delivered", "delivered", "initiations are delivered on %2$s", "none is delivered on %2$s"),
    ACCEPTED(
        "accepted",
        "accepted",
        "WireGuard on %2$s accepts the initiations",
        "WireGuard on %2$s accepts none"),
    ANSWERED(
        "answered", "answered", "WireGuard on %2$s answers", "WireGuard on %2$s does not answer"),
    ANSWER_LEFT("answer-left", "left", "responses leave %2$s", "no response leaves %2$s"),
    ANSWER_ARRIVED(
        "answer-arrived", "arrived", "responses arrive at %1$s", "no response arrives at %1$s"),
    ANSWER_DELIVERED("answer-delivered", "delivered", "", "no response is delivered on %1$s");

    private final String name;
    private final String word;
    private final String seen;
    private final String missed;

    Place(String name, String word, String seen, String missed) {
      this.name = name;
      this.word = word;
      this.seen = seen;
      this.missed = missed;
    }
  }

  private static final List<Place> PLACES = List.of(Place.values());

  /** How the packets come to a place. */
  enum Joint {
    /** They do. */
    PASS,
    /** They passed the place before, and not this one. */
    STOP,
    /** They do not come here; where they were lost since they were last seen, nobody saw. */
    LOST,
    /** Nobody looked. */
    DARK,
    /** They were stopped before. */
    NONE
  }

  /**
   * @param label the word and the count: {@code arrived 148}, {@code left ?}
   * @param joint how packets come here
   * @param known whether anybody looked
   */
  record Leg(String label, Joint joint, boolean known) {}

  static Way of(List<Waypoint> path) {
    List<Leg> legs = new ArrayList<>();
    int stop = stop(path);
    for (int at = 0; at < PLACES.size(); at++) {
      boolean known = !passed(path, at).equals("unknown");
      legs.add(new Leg(label(path, at), joint(path, at, stop), known));
    }
    return new Way(legs);
  }

  private static Joint joint(List<Waypoint> path, int at, int stop) {
    if (at == stop) {
      return at == 0 || passed(path, at - 1).equals("yes") ? Joint.STOP : Joint.LOST;
    }
    if (stop >= 0 && at > stop) {
      return Joint.NONE;
    }
    boolean passes = !passed(path, at).equals("unknown") || passedLater(path, at);
    return passes ? Joint.PASS : Joint.DARK;
  }

  Leg leg(int at) {
    return legs.get(at);
  }

  /** Whether anybody looked anywhere. */
  boolean known() {
    return legs.stream().anyMatch(Leg::known);
  }

  /** Where the packets stop, in a sentence; null when they do not, or nobody saw. */
  @Nullable String stops(String initiator, String responder) {
    int stop = 0;
    while (stop < legs.size() && !isStop(leg(stop).joint())) {
      stop++;
    }
    if (stop == legs.size()) {
      return null;
    }
    int last = stop - 1;
    while (last >= 0 && !leg(last).known()) {
      last--;
    }
    String missed = PLACES.get(stop).missed;
    String says =
        last < 0
            ? missed
            : leg(stop).joint() == Joint.STOP
                ? PLACES.get(last).seen + ", " + missed
                : PLACES.get(last).seen + "; what becomes of them nobody saw; " + missed;
    String sentence = String.format(says, initiator, responder) + ".";
    return says.startsWith("%") ? sentence : capital(sentence);
  }

  private static boolean isStop(Joint joint) {
    return joint == Joint.STOP || joint == Joint.LOST;
  }

  private static String capital(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  /** The first place that they do not pass and are not seen beyond; -1 for none. */
  private static int stop(List<Waypoint> path) {
    for (int at = 0; at < PLACES.size(); at++) {
      if (passed(path, at).equals("no") && !passedLater(path, at)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean passedLater(List<Waypoint> path, int at) {
    return IntStream.range(at + 1, PLACES.size()).anyMatch(it -> passed(path, it).equals("yes"));
  }

  private static @Nullable Waypoint waypoint(List<Waypoint> path, int at) {
    String name = PLACES.get(at).name;
    return path.stream().filter(it -> it.leg().equals(name)).findFirst().orElse(null);
  }

  private static String passed(List<Waypoint> path, int at) {
    Waypoint waypoint = waypoint(path, at);
    return waypoint == null ? "unknown" : waypoint.passed();
  }

  private static String label(List<Waypoint> path, int at) {
    String word = PLACES.get(at).word;
    Waypoint waypoint = waypoint(path, at);
    if (waypoint == null || waypoint.passed().equals("unknown")) {
      return word + " ?";
    }
    if (waypoint.count() != null) {
      return word + " " + waypoint.count();
    }
    return waypoint.passed().equals("no") ? word + " none" : word;
  }
}
