package io.wgwhy.engine.session;

import io.wgwhy.facts.Fact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The samples that are kept of one identity, oldest first; at least one. */
final class Kept {
  private final String identity;
  private final List<Fact> samples = new ArrayList<>(1);
  private @Nullable Ease ease;

  Kept(String identity) {
    this.identity = identity;
  }

  String identity() {
    return identity;
  }

  List<Fact> samples() {
    return samples;
  }

  Fact newest() {
    return samples.get(samples.size() - 1);
  }

  /** What lets the next sample of a peer pass unjudged; null when nothing does. */
  @Nullable Ease ease() {
    return ease;
  }

  void ease(@Nullable Ease ease) {
    this.ease = ease;
  }
}
