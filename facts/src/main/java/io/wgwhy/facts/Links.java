package io.wgwhy.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network interfaces of a host, from {@code ip link} or ifconfig. */
public record Links(String host, long at, List<Link> links) implements Fact {

  /**
   * @param up administratively up (the UP flag; not the operational state, which WireGuard
   *     interfaces do not have)
   * @param mtu bytes; null when unknown
   * @param counters what it counted; null when not shown
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Link(String name, Answer up, @Nullable Integer mtu, @Nullable Counters counters) {}

  /**
   * Interface statistics (kernel, statistics.rst); null where not shown. For WireGuard: txErrors:
   * no peer owns the destination or it has no endpoint; rxFrameErrors: the inner source is not in
   * the peer's AllowedIPs; txDropped: the queue was given up.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Counters(
      @Nullable Long rxPackets,
      @Nullable Long rxErrors,
      @Nullable Long rxDropped,
      @Nullable Long rxFrameErrors,
      @Nullable Long txPackets,
      @Nullable Long txErrors,
      @Nullable Long txDropped) {}

  @Override
  public String identity() {
    return "links/" + host;
  }
}
