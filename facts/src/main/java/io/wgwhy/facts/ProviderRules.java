package io.wgwhy.facts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's firewall in front of a host lets in: a security group, a security list, a
 * network's rules. Whatever it does not name it drops; which of several holds for the host is not
 * known.
 *
 * @param openings what is let in from the internet, in order; empty when nothing is
 * @param inside what is let in from some networks or machines of one's own only; null when nothing
 *     is
 */
public record ProviderRules(
    String host,
    long at,
    List<Opening> openings,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Opening> inside)
    implements Fact {

  /**
   * @param protocol {@code udp}, {@code tcp}, another's name, or {@code all}
   * @param from the first port; 0 for all
   * @param to the last port
   */
  public record Opening(String protocol, int from, int to) {
    /** Whether it is for this port, whatever the protocol. */
    @JsonIgnore
    public boolean holds(int port) {
      return from <= port && port <= to;
    }
  }

  @Override
  public String identity() {
    return "provider-rules/" + host;
  }
}
