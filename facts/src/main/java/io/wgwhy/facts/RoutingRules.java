package io.wgwhy.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policy routing rules of a host, from {@code ip rule} (ip-rule(8)). */
public record RoutingRules(String host, long at, List<RoutingRule> rules) implements Fact {

  /**
   * @param inverted whether the rule says {@code not}
   * @param source CIDR; null for all
   * @param destination CIDR; null for all
   * @param fwmark null when it does not look at the mark
   * @param table name or number; empty when the rule has another action
   * @param suppressPrefixLength routes with a prefix this long or shorter are ignored; null when
   *     not given
   * @param inputDevice {@code iif}; null when not given
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RoutingRule(
      int priority,
      boolean inverted,
      @Nullable String source,
      @Nullable String destination,
      @Nullable Long fwmark,
      String table,
      @Nullable Integer suppressPrefixLength,
      @Nullable String inputDevice) {}

  @Override
  public String identity() {
    return "routing-rules/" + host;
  }
}
