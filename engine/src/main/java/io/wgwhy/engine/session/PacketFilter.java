package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Chain;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.Ruleset.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a packet through the base chains of a hook, as the kernel does: by priority, rule by
 * rule, into jumps and back (nft(8), "Chains"; iptables(8)). Where a match cannot be decided both
 * ways are followed, and only what both agree on is said.
 */
final class PacketFilter {
  /** Deeper than any sane ruleset; the kernel's own limit is 16 (NFT_JUMP_STACK_SIZE). */
  private static final int MOST_JUMPS = 16;

  private final Ruleset ruleset;
  private final Packet packet;

  /** Ends of the ways that were followed. */
  private final List<Outcome> outcomes = new ArrayList<>();

  private PacketFilter(Ruleset ruleset, Packet packet) {
    this.ruleset = ruleset;
    this.packet = packet;
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

    /** In the tool's words: {@code chain input of table inet filter: policy drop}. */
    String says(Ruleset.Tool tool) {
      String where =
          tool == Ruleset.Tool.NFT
              ? "chain " + chain.name() + " of table " + chain.family() + " " + chain.table()
              : "chain " + chain.name() + " of table " + chain.table();
      return rule == null
          ? where + ", policy " + word(action)
          : where + ", a " + word(action) + " rule";
    }

    private static String word(Action action) {
      return action.name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What happens to the packet at a hook: one outcome for each way that cannot be excluded. */
  static List<Outcome> filter(Ruleset ruleset, Packet packet, Hook hook) {
    List<Outcome> all = new ArrayList<>();
    for (Chain chain : baseChains(ruleset, packet, hook, "filter")) {
      PacketFilter way = new PacketFilter(ruleset, packet);
      way.follow(chain, chain.rules(), 0, new ArrayList<>());
      all.addAll(way.outcomes);
      // A drop is final; only what is accepted meets the next base chain.
      if (way.outcomes.stream().allMatch(Outcome::drops)) {
        return way.outcomes;
      }
    }
    return all;
  }

  /** What NAT does to the packet at a hook. */
  static List<Outcome> translate(Ruleset ruleset, Packet packet, Hook hook) {
    List<Outcome> all = new ArrayList<>();
    for (Chain chain : baseChains(ruleset, packet, hook, "nat")) {
      PacketFilter way = new PacketFilter(ruleset, packet);
      way.follow(chain, chain.rules(), 0, new ArrayList<>());
      all.addAll(way.outcomes);
    }
    return all;
  }

  private static List<Chain> baseChains(Ruleset ruleset, Packet packet, Hook hook, String type) {
    return ruleset.chains().stream()
        .filter(it -> it.hook() == hook && (it.type() == null || type.equals(it.type())))
        .filter(it -> it.family().equals("inet") || it.family().equals(packet.family()))
        .sorted(Comparator.comparingInt(it -> it.priority() == null ? 0 : it.priority()))
        .toList();
  }

  /** One way of return: the chain that jumped, and its rules that are left. */
  private record Frame(Chain chain, List<Rule> rest) {}

  private void follow(Chain chain, List<Rule> rules, int jumps, List<Frame> stack) {
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      Answer matches = packet.matches(rule);
      if (matches.no()) {
        continue;
      }
      List<Rule> rest = rules.subList(i + 1, rules.size());
      switch (rule.action()) {
        case CONTINUE -> {
          continue;
        }
        case JUMP, GOTO -> {
          Chain target = chain(chain, rule.target());
          if (target == null || jumps >= MOST_JUMPS) {
            outcomes.add(new Outcome(Action.UNKNOWN, chain, rule));
          } else {
            List<Frame> back = new ArrayList<>(stack);
            if (rule.action() == Action.JUMP) {
              back.add(new Frame(chain, rest));
            }
            follow(target, target.rules(), jumps + 1, back);
          }
        }
        case RETURN -> comeBack(chain, jumps, stack);
        default -> outcomes.add(new Outcome(rule.action(), chain, rule));
      }
      if (matches.yes()) {
        return;
      }
    }
    comeBack(chain, jumps, stack);
  }

  private void comeBack(Chain chain, int jumps, List<Frame> stack) {
    if (stack.isEmpty()) {
      Chain base = chain.hook() != null ? chain : null;
      if (base == null) {
        // A goto into a user chain that ended: the base chain's policy holds (nft(8), goto).
        outcomes.add(new Outcome(Action.UNKNOWN, chain, null));
      } else {
        Action policy = base.policy();
        outcomes.add(
            new Outcome(
                policy != null ? policy : ruleset.complete().no() ? Action.UNKNOWN : Action.ACCEPT,
                base,
                null));
      }
      return;
    }
    Frame frame = stack.get(stack.size() - 1);
    follow(frame.chain(), frame.rest(), jumps, stack.subList(0, stack.size() - 1));
  }

  private @Nullable Chain chain(Chain from, @Nullable String name) {
    return ruleset.chains().stream()
        .filter(
            it ->
                it.name().equals(name)
                    && it.family().equals(from.family())
                    && it.table().equals(from.table()))
        .findFirst()
        .orElse(null);
  }
}
