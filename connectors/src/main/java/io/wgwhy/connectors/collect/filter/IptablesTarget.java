package io.wgwhy.connectors.collect.filter;

import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Ruleset.Action;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands behind {@code -j}: a target of iptables' own, an extension's, or a chain. */
final class IptablesTarget {
  /** Extensions that note or change something (iptables-extensions(8)); the next rule goes on. */
  private static final Set<String> GO_ON =
      Set.of(
          "LOG",
          "NFLOG",
          "ULOG",
          "MARK",
          "CONNMARK",
          "TCPMSS",
          "CT",
          "NOTRACK",
          "CHECKSUM",
          "TOS",
          "DSCP",
          "CLASSIFY",
          "TRACE",
          "SET",
          "AUDIT",
          "TTL",
          "HL",
          "TEE",
          "LED",
          "SECMARK",
          "CONNSECMARK",
          "IDLETIMER",
          "RATEEST",
          "TCPOPTSTRIP",
          "ECN",
          "HMARK");

  /** Extensions that decide something which a {@code Ruleset} cannot say. */
  private static final Set<String> STRANGE =
      Set.of(
          "TPROXY",
          "SYNPROXY",
          "NETMAP",
          "TARPIT",
          "STEAL",
          "DELUDE",
          "CHAOS",
          "SAME",
          "MIRROR",
          "CLUSTERIP",
          "DNPT",
          "SNPT",
          "RAWNAT");

  private IptablesTarget() {}

  /** What a target does; null when it is none of iptables' own or not understood. */
  static @Nullable Action actionNamed(String target) {
    return switch (target) {
      case "ACCEPT" -> Action.ACCEPT;
      case "DROP" -> Action.DROP;
      case "REJECT" -> Action.REJECT;
      case "RETURN" -> Action.RETURN;
      case "MASQUERADE" -> Action.MASQUERADE;
      case "SNAT" -> Action.SNAT;
      case "DNAT" -> Action.DNAT;
      case "REDIRECT" -> Action.REDIRECT;
      case "QUEUE", "NFQUEUE" -> Action.QUEUE;
      default -> GO_ON.contains(target) ? Action.CONTINUE : null;
    };
  }

  /**
   * Sets the verdict for a target or chain.
   *
   * @param chains the table's chains, empty when they were not listed: then an unknown word is
   *     taken for a chain
   */
  static void verdict(
      RuleDraft draft,
      String target,
      boolean isGoto,
      @Nullable String address,
      Set<String> chains) {
    Action action = chains.contains(target) ? null : actionNamed(target);
    if (action != null) {
      boolean translates = action == Action.SNAT || action == Action.DNAT;
      draft.verdict(action, translates ? address : null);
    } else if (STRANGE.contains(target) || (!chains.isEmpty() && !chains.contains(target))) {
      draft.strange("target");
    } else {
      draft.verdict(isGoto ? Action.GOTO : Action.JUMP, Word.of(target));
    }
  }
}
