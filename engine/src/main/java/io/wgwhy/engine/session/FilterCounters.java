package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import org.jspecify.annotations.Nullable;

/** Reads the counters of rules and policies over time. */
final class FilterCounters {
  private FilterCounters() {}

  /** Whether the counter at the place that decided moved between the two samples that are kept. */
  static Answer moved(HostFacts host, Ruleset newest, PacketFilter.Outcome outcome) {
    Long now = packets(newest, outcome);
    if (now == null) {
      return Answer.UNKNOWN;
    }
    if (now == 0) {
      return Answer.NO;
    }
    Long before = null;
    for (Ruleset older : host.history(Ruleset.class)) {
      if (older.tool() == newest.tool() && older.at() < newest.at() && before == null) {
        before = packets(older, outcome);
      }
    }
    return before == null ? Answer.UNKNOWN : Answer.of(now > before);
  }

  private static @Nullable Long packets(Ruleset ruleset, PacketFilter.Outcome outcome) {
    for (Ruleset.Chain chain : ruleset.chains()) {
      boolean same =
          chain.name().equals(outcome.chain().name())
              && chain.table().equals(outcome.chain().table())
              && chain.family().equals(outcome.chain().family());
      if (!same) {
        continue;
      }
      if (outcome.rule() == null) {
        return chain.policyPackets() != null ? chain.policyPackets() : lastCounter(chain);
      }
      for (Ruleset.Rule rule : chain.rules()) {
        if (rule.matches().equals(outcome.rule().matches())
            && rule.action() == outcome.rule().action()) {
          return rule.packets();
        }
      }
    }
    return null;
  }

  /** A rule that only counts at the end of a chain counts what the policy decides. */
  private static @Nullable Long lastCounter(Ruleset.Chain chain) {
    if (chain.rules().isEmpty()) {
      return null;
    }
    Ruleset.Rule last = chain.rules().get(chain.rules().size() - 1);
    return last.action() == Action.CONTINUE && last.matches().isEmpty() ? last.packets() : null;
  }
}
