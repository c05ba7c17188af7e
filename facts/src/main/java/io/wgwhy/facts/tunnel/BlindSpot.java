package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.CommandFailure;
import org.jspecify.annotations.Nullable;

/**
 * What a host's collector wanted to look at and could not: its command failed, and nothing later
 * shows the same.
 *
 * @param host whose collector
 * @param sight what cannot be seen
 * @param command the program that failed
 * @param reason why
 * @param tunnels how many of its tunnels cannot be judged for it; 0 when they can
 * @param packages the Debian package that brings the program
 */
public record BlindSpot(
    String tunnel,
    String host,
    Sight sight,
    String command,
    CommandFailure.Reason reason,
    int tunnels,
    String packages) {

  /** The package to be installed; null when the program is there. */
  public @Nullable String missing() {
    return reason == CommandFailure.Reason.NOT_FOUND ? packages : null;
  }

  /** The program that may not be run; null when it may. */
  public @Nullable String denied() {
    return reason == CommandFailure.Reason.NOT_PERMITTED ? command : null;
  }

  /** What a command shows. */
  public enum Sight {
    /** {@code wg show}: without it a tunnel cannot be judged from this end. */
    COUNTERS,
    /** {@code tcpdump}. */
    PACKETS,
    /** {@code nft}, {@code iptables}. */
    FILTER
  }
}
