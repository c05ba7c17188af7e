package io.wgwhy.connectors.kafka;

import io.wgwhy.facts.Fact;
import java.util.ArrayList;
import java.util.List;

/** A fact as it goes onto its topic. */
final class WrittenFact {
  /** What it, its array and its place in a queue take beside the text, bytes. */
  private static final int AROUND = 64;

  private final byte[] json;
  private final long at;
  private final boolean continues;

  private WrittenFact(byte[] json, long at, boolean continues) {
    this.json = json;
    this.at = at;
    this.continues = continues;
  }

  static List<WrittenFact> of(List<Fact> facts) {
    List<WrittenFact> written = new ArrayList<>(facts.size());
    for (int i = 0; i < facts.size(); i++) {
      Fact fact = facts.get(i);
      boolean continues = i + 1 < facts.size() && isSameMoment(fact, facts.get(i + 1));
      written.add(new WrittenFact(Json.bytes(fact), fact.at(), continues));
    }
    return written;
  }

  private static boolean isSameMoment(Fact one, Fact other) {
    return one.at() == other.at() && one.host().equals(other.host());
  }

  byte[] json() {
    return json;
  }

  /** When it was seen, ms since the epoch. */
  long at() {
    return at;
  }

  /** Whether more of the same moment follows. */
  boolean continues() {
    return continues;
  }

  /** What it takes of the memory. */
  int size() {
    return json.length + AROUND;
  }
}
