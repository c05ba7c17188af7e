package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Chain;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.Ruleset.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a packet through the base chains of a hook, as the kernel does: by priority, rule by
 * rule, into jumps and back (nft(8), "Chains"; iptables(8)). Where a match cannot be decided both
 * ways are followed, and only what both agree on is said.
 */
final class PacketFilter {
  /** Deeper than any sane ruleset; the kernel's own limit is 16 (NFT_JUMP_STACK_SIZE). */
  private static final int MOST_JUMPS = 16;

  /** Ways that are followed at most; with more of them nothing could be agreed on anyway. */
  private static final int MOST_STEPS = 2_000;

  private final Ruleset ruleset;
  private final Packet packet;
  private final Chain base;

  /** Ends of the ways that were followed. */
  private final List<Outcome> outcomes = new ArrayList<>();

  /** Where a way has been before: it ends as it did then. */
  private final Set<String> seen = new HashSet<>();

  private PacketFilter(Ruleset ruleset, Packet packet, Chain base) {
    this.ruleset = ruleset;
    this.packet = packet;
    this.base = base;
  }

  /**
   * Where a packet ends.
   *
   * @param action ACCEPT, DROP, REJECT, or for NAT the translation
   * @param chain the base or user chain that decided
   * @param rule null when the policy decided
   */
  record Outcome(Action action, Chain chain, @Nullable Rule rule) {
    boolean drops() {
      return action == Action.DROP || action == Action.REJECT;
    }

    /** Whether nobody knows what becomes of the packet: a program decides, or a strange word. */
    boolean unknown() {
      return action == Action.UNKNOWN || action == Action.QUEUE;
    }

    /** In the tool's words: {@code chain input of table inet filter: policy drop}. */
    String says(Ruleset.Tool tool) {
      if (tool == Ruleset.Tool.PF) {
        return "pf, a " + (rule == null ? "pass" : "block") + " rule";
      }
      if (tool == Ruleset.Tool.SETTINGS) {
        return rule == null
            ? "the firewall, which lets in only what a rule allows,"
            : "a " + word(action) + " rule of the firewall";
      }
      String where =
          tool == Ruleset.Tool.NFT
              ? "chain " + chain.name() + " of table " + chain.family() + " " + chain.table()
              : "chain " + chain.name() + " of table " + chain.table();
      return rule == null
          ? where + ", policy " + word(action)
          : where + ", a " + word(action) + " rule";
    }

    private static String word(Action action) {
      return action.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What happens to the packet at the hooks that it passes, in their order: one outcome for each
   * way that cannot be excluded.
   */
  static List<Outcome> filter(Ruleset ruleset, Packet packet, Hook... hooks) {
    List<Outcome> all = new ArrayList<>();
    for (Hook hook : hooks) {
      for (Chain chain : baseChains(ruleset, packet, hook, "nat", false)) {
        List<Outcome> ends = follow(ruleset, packet, chain);
        // A drop is final; only what is accepted meets the next base chain.
        if (ends.stream().allMatch(Outcome::drops)) {
          return ends;
        }
        all.addAll(ends);
      }
    }
    return all;
  }

  /** What NAT does to the packet at a hook. */
  static List<Outcome> translate(Ruleset ruleset, Packet packet, Hook hook) {
    List<Outcome> all = new ArrayList<>();
    for (Chain chain : baseChains(ruleset, packet, hook, "nat", true)) {
      all.addAll(follow(ruleset, packet, chain));
    }
    return all;
  }

  private static List<Chain> baseChains(
      Ruleset ruleset, Packet packet, Hook hook, String type, boolean ofType) {
    return ruleset.chains().stream()
        .filter(it -> it.hook() == hook)
        .filter(it -> it.type() == null || type.equals(it.type()) == ofType)
        .filter(it -> it.family().equals("inet") || it.family().equals(packet.family()))
        .sorted(Comparator.comparingInt(it -> it.priority() == null ? 0 : it.priority()))
        .toList();
  }

  private static List<Outcome> follow(Ruleset ruleset, Packet packet, Chain base) {
    PacketFilter way = new PacketFilter(ruleset, packet, base);
    way.follow(base, 0, 0, List.of());
    // A ruleset that leads nowhere (a loop, which no kernel would take) says nothing.
    return way.outcomes.isEmpty() ? List.of(new Outcome(Action.UNKNOWN, base, null)) : way.outcomes;
  }

  /** One way of return: the chain that jumped, and where it goes on. */
  private record Frame(Chain chain, int next) {
    @Override
    public String toString() {
      return chain.name() + ":" + next;
    }
  }

  private void follow(Chain chain, int from, int jumps, List<Frame> stack) {
    if (!seen.add(chain.name() + ":" + from + stack)) {
      return;
    }
    if (seen.size() > MOST_STEPS) {
      outcomes.add(new Outcome(Action.UNKNOWN, chain, null));
      return;
    }
    for (int i = from; i < chain.rules().size(); i++) {
      Rule rule = chain.rules().get(i);
      Answer matches = rule.action() == Action.CONTINUE ? Answer.NO : packet.matches(rule);
      if (matches.no()) {
        continue;
      }
      switch (rule.action()) {
        case JUMP, GOTO -> {
          Chain target = chain(rule.target());
          if (target == null || jumps >= MOST_JUMPS) {
            outcomes.add(new Outcome(Action.UNKNOWN, chain, rule));
          } else {
            List<Frame> back = new ArrayList<>(stack);
            if (rule.action() == Action.JUMP) {
              back.add(new Frame(chain, i + 1));
            }
            follow(target, 0, jumps + 1, back);
          }
        }
        case RETURN -> comeBack(jumps, stack);
        default -> outcomes.add(new Outcome(rule.action(), chain, rule));
      }
      if (matches.yes()) {
        return;
      }
    }
    comeBack(jumps, stack);
  }

  /** At the end of all ways the base chain's policy holds, after a goto as well (nft(8), goto). */
  private void comeBack(int jumps, List<Frame> stack) {
    if (stack.isEmpty()) {
      Action policy = base.policy();
      Action unsaid = ruleset.complete().no() ? Action.UNKNOWN : Action.ACCEPT;
      outcomes.add(new Outcome(policy != null ? policy : unsaid, base, null));
      return;
    }
    Frame frame = stack.get(stack.size() - 1);
    follow(frame.chain(), frame.next(), jumps - 1, stack.subList(0, stack.size() - 1));
  }

  private @Nullable Chain chain(@Nullable String name) {
    return ruleset.chains().stream()
        .filter(
            it ->
                it.name().equals(name)
                    && it.family().equals(base.family())
                    && it.table().equals(base.table()))
        .findFirst()
        .orElse(null);
  }
}
