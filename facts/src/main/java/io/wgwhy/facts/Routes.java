package io.wgwhy.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routes of a host, all tables that were shown, from {@code ip route} or netstat. */
public record Routes(String host, long at, List<Route> routes) implements Fact {

  /**
   * @param destination CIDR; {@code 0.0.0.0/0} and {@code ::/0} for default
   * @param type {@code unicast}, {@code local}, {@code blackhole}, … (ip-route(8))
   * @param table its name or number; {@code main} when not shown
   * @param via the gateway; null when the destination is on the link
   * @param device null when there is none
   * @param source the preferred source address; null when not shown
   * @param metric 0 when not shown
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Route(
      String destination,
      String type,
      String table,
      @Nullable String via,
      @Nullable String device,
      @Nullable String source,
      long metric) {}

  @Override
  public String identity() {
    return "routes/" + host;
  }
}
