package io.wgwhy.engine.stream;

import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.Fact;

/**
 * Facts at which a session fails. None that is read from a topic is like that, as those are checked
 * first; but whoever writes the next judgement may forget something, and a bad fact must not take
 * its neighbours down then.
 */
final class Tripwire {
  private Tripwire() {}

  /** A fact that lacks what it must have: judging it fails. */
  static Fact bad(long at) {
    return failure(at, null);
  }

  /** A fact of the same kind at which nothing fails. */
  static Fact good(long at) {
    return failure(at, "harmless");
  }

  private static Fact failure(long at, String command) {
    return new CommandFailure("srv", at, command, CommandFailure.Reason.OTHER, 1);
  }
}
