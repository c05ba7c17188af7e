package io.wgwhy.engine.session;

import io.wgwhy.facts.Fact;
import java.util.List;

/** Takes what must be remembered of a session, so that another can go on where it is. */
public interface Keeper {
  /**
   * Of an identity newer samples came; those before are the same, or were left out for them.
   *
   * @param samples oldest first; changes with the next fact
   */
  default void longer(String identity, List<Fact> samples) {
    anew(identity, samples);
  }

  /**
   * All may be different.
   *
   * @param samples oldest first, none when the identity is forgotten; changes with the next fact
   */
  void anew(String identity, List<Fact> samples);
}
