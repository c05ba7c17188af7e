package io.wgwhy.connectors.collect.output;

import io.wgwhy.facts.Fact;
import java.util.ArrayList;
import java.util.List;

/** Where a parser puts what it read, and what it could not read. */
public final class Reading {
  private final Secrets secrets;
  private final List<Fact> facts = new ArrayList<>();
  private final List<Unread> unread = new ArrayList<>();

  /** Begins, with nothing read; {@code secrets} are those of the tenant. */
  public Reading(Secrets secrets) {
    this.secrets = secrets;
  }

  /** Turns keys into what may be said about them. */
  public Secrets secrets() {
    return secrets;
  }

  /** Adds a fact, behind those before. */
  public void add(Fact fact) {
    facts.add(fact);
  }

  /**
   * Says that a line was not understood.
   *
   * @param line its number in the output, from 1; 0 for the whole output
   * @param reason what was expected there, in words of our own: never the text itself, it may hold
   *     a secret
   */
  public void skip(int line, String reason) {
    unread.add(new Unread(line, reason));
  }

  /** Takes over what was read from a part of the output that begins after {@code offset} lines. */
  public void include(Parsed part, int offset) {
    facts.addAll(part.facts());
    for (Unread skipped : part.unread()) {
      boolean whole = skipped.line() == 0;
      int line = whole && offset > 0 ? offset + 1 : whole ? 0 : skipped.line() + offset;
      unread.add(new Unread(line, skipped.reason()));
    }
  }

  /** All that was read until now. */
  public Parsed parsed() {
    return new Parsed(List.copyOf(facts), List.copyOf(unread));
  }
}
