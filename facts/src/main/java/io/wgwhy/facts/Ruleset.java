package io.wgwhy.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The packet filter and NAT rules of a host, from nft(8) or iptables(8), in one model; without
 * comments and set names.
 *
 * @param tool which program showed it: the same kernel rules may be seen through two of them
 * @param complete NO when only a part was shown (only policies, only rules, one table), so that
 *     absence proves nothing
 */
public record Ruleset(String host, long at, Tool tool, Answer complete, List<Chain> chains)
    implements Fact {

  /** Whatever device of a router leads outside. */
  public static final String OUTSIDE = "outside";

  /** The program that showed it. */
  public enum Tool {
    NFT,
    IPTABLES,
    IP6TABLES,
    /** What ufw was told; the kernel's rules are more. */
    UFW,
    /** What ufw's file says that it begins with; rules of anybody's may go before. */
    UFW_DEFAULTS,
    /** What firewalld's zones were told; the kernel's rules are more. */
    FIREWALLD,
    /**
     * The configuration of a router (RouterOS, EdgeOS, VyOS). Its devices are {@code outside} and
     * {@code lan} where its words say only that.
     */
    ROUTER,
    /** The rules of pf (FreeBSD, OpenBSD, macOS), with {@code outside} as ROUTER has it. */
    PF,
    /** What a host's own settings say that it lets in (Windows, NixOS); others may say more. */
    SETTINGS,
    /** What PiVPN's own check says of its rules; others may do what they would. */
    PIVPN
  }

  /** Where in the kernel a base chain is called (nft(8), "Chains"). */
  public enum Hook {
    PREROUTING,
    INPUT,
    FORWARD,
    OUTPUT,
    POSTROUTING
  }

  /** What happens to a packet. */
  public enum Action {
    ACCEPT,
    DROP,
    REJECT,
    JUMP,
    GOTO,
    RETURN,
    MASQUERADE,
    SNAT,
    DNAT,
    REDIRECT,
    QUEUE,
    /** Counts, logs, marks: the next rule goes on. */
    CONTINUE,
    /** A verdict that was not understood. */
    UNKNOWN
  }

  /**
   * @param family {@code ip}, {@code ip6} or {@code inet}
   * @param type {@code filter}, {@code nat} or {@code route}; null when it is not a base chain
   * @param hook null when it is not a base chain
   * @param priority lower is earlier; null when it is not a base chain
   * @param policy what happens at the end of a base chain; null when not shown or none
   * @param policyPackets packets that met the policy; null when not shown
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Chain(
      String family,
      String table,
      String name,
      @Nullable String type,
      @Nullable Hook hook,
      @Nullable Integer priority,
      @Nullable Action policy,
      @Nullable Long policyPackets,
      List<Rule> rules) {

    /** The same chain with other rules. */
    public Chain withRules(List<Rule> others) {
      return new Chain(family, table, name, type, hook, priority, policy, policyPackets, others);
    }
  }

  /**
   * @param matches all must hold
   * @param action what then happens
   * @param target the chain of JUMP and GOTO, the address of SNAT and DNAT; null otherwise
   * @param packets how many packets it met; null when it does not count
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Rule(
      List<Match> matches, Action action, @Nullable String target, @Nullable Long packets) {}

  /** What a match looks at. */
  public enum Field {
    INPUT_DEVICE,
    OUTPUT_DEVICE,
    /** {@code udp}, {@code tcp}, {@code icmp}, {@code icmpv6}, or a number. */
    PROTOCOL,
    /** {@code ip} or {@code ip6}. */
    FAMILY,
    SOURCE_PORT,
    DESTINATION_PORT,
    SOURCE_ADDRESS,
    DESTINATION_ADDRESS,
    /** {@code new}, {@code established}, {@code related}, {@code invalid}, {@code untracked}. */
    CONNECTION_STATE,
    /** local, broadcast, … (xt_addrtype, fib daddr type). */
    DESTINATION_TYPE,
    MARK,
    /** A match that was not understood: whether it holds is unknown. */
    OTHER
  }

  /**
   * @param inverted whether it must not be one of the values
   * @param values names, ports ({@code 51820}, {@code 1000-2000}) or prefixes; a device may end in
   *     {@code *} (nft, ip) as a wildcard
   */
  public record Match(Field field, boolean inverted, List<String> values) {}

  /** The same ruleset with other chains. */
  public Ruleset withChains(List<Chain> others) {
    return new Ruleset(host, at, tool, complete, others);
  }

  /**
   * Whether it is what iptables shows, and only of some tables: of one if not told (iptables(8)).
   */
  public boolean mayBeOfSomeTables() {
    return (tool == Tool.IPTABLES || tool == Tool.IP6TABLES) && !complete.yes();
  }

  /** The tables of which it shows anything. */
  public Set<String> tables() {
    return chains.stream().map(Chain::table).collect(Collectors.toSet());
  }

  @Override
  public String identity() {
    return "ruleset/" + host + "/" + tool;
  }
}
