package io.wgwhy.facts;

import org.jspecify.annotations.Nullable;

/**
 * How {@code wg-quick up} (or down) went, from its own trace.
 *
 * @param iface the interface; {@code ?} when the trace does not name it
 * @param direction what was asked for
 * @param succeeded whether it ended with the interface as asked
 * @param failure the first thing that failed, read from the lines before the roll-back; null when
 *     nothing failed
 * @param tool the program whose step failed ({@code wg}, {@code ip}, {@code iptables}); null when
 *     nothing failed or it is unknown
 * @param subject what the failing line names where that is no secret: a module, device, prefix,
 *     port or host name; null when nothing
 * @param userspace whether wg-quick fell back to a userspace implementation
 */
public record BringUp(
    String host,
    long at,
    String iface,
    Direction direction,
    Answer succeeded,
    @Nullable Failure failure,
    @Nullable String tool,
    @Nullable String subject,
    Answer userspace)
    implements Fact {

  /** What was asked for. */
  public enum Direction {
    UP,
    DOWN
  }

  /** Why an interface does not come up. */
  public enum Failure {
    KERNEL_MODULE_MISSING,
    CONFIG_SYNTAX,
    KEY_MALFORMED,
    HOOK_FAILED,
    LISTEN_PORT_IN_USE,
    IPV6_DISABLED,
    RESOLVCONF_MISSING,
    SYSCTL_READ_ONLY,
    POLICY_ROUTING_UNSUPPORTED,
    NETFILTER_UNSUPPORTED,
    ENDPOINT_NAME_UNRESOLVED,
    ROUTE_EXISTS,
    ALREADY_EXISTS,
    CONFIG_MISSING,
    NOT_PERMITTED,
    TOOL_MISSING,
    OTHER
  }

  @Override
  public String identity() {
    return "bring-up/" + host + "/" + iface;
  }
}
