package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.facts.NetworkCounters;
import io.wgwhy.facts.Observation;
import java.util.Map;

/** Counters of a host by the names that nstat(8) gives them, whoever printed them. */
final class KernelCounters {
  private KernelCounters() {}

  /**
   * Those that tell of tunnels, as a fact; what was not printed is not known.
   *
   * @param counters by name, as {@code UdpNoPorts}; none are told as unread
   */
  static void add(Map<String, Long> counters, Observation observation, Reading reading) {
    if (counters.isEmpty()) {
      reading.skip(0, "no counters");
      return;
    }
    reading.add(
        new NetworkCounters(
            observation.host(),
            observation.atMillis(),
            counters.get("UdpInDatagrams"),
            counters.get("UdpNoPorts"),
            counters.get("UdpInErrors"),
            counters.get("TcpExtIPReversePathFilter"),
            counters.get("IpForwDatagrams"),
            counters.get("IpFragFails"),
            counters.get("IpOutNoRoutes"),
            counters.get("IpInAddrErrors")));
  }
}
