package io.wgwhy.cli.bench.beside;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.agent.Announcer;
import io.wgwhy.connectors.collect.agent.Seen;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Tenant;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A collector on each station, at its usual pace: what commands print is parsed by the real
 * parsers, and what changed is published, as the real collector decides it.
 */
final class Agents implements AutoCloseable {
  private static final int LOOK = 5;
  private static final int LOOK_AT_LINKS = 15;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final FactPublisher publisher;
  private final Tenant tenant;
  private final Parsers parsers = new Parsers(Secrets.withTenantKey(new byte[32]));
  private final Map<Station, Announcer> announcers = new LinkedHashMap<>();
  private long facts;

  Agents(Map<String, Object> client, Tenant tenant, Fleet fleet) {
    this.publisher = new FactPublisher(client);
    this.tenant = tenant;
    for (Station station : fleet.stations) {
      announcers.put(
          station,
          new Announcer(
              station.name,
              HEARTBEAT,
              news -> {
                publisher.publish(this.tenant, station.network, news);
                facts += news.size();
              },
              () -> 0));
    }
  }

  /** Those whose turn it is look; each second a fifth of them. */
  void look(long second) {
    int index = 0;
    for (var entry : announcers.entrySet()) {
      Station station = entry.getKey();
      if (station.alive && (second + index) % LOOK == 0) {
        Announcer announcer = entry.getValue();
        long at = System.currentTimeMillis();
        announcer.seen(seen(station, at, "wg show all dump", station.dump()));
        if ((second + index) % LOOK_AT_LINKS == 0) {
          announcer.seen(seen(station, at, "ip -j -s -s link", station.links()));
        }
        announcer.roundOver(at);
      }
      index++;
    }
  }

  /** {@code ip monitor} tells of a change: the links are looked at. */
  void linksChanged(Station station) {
    Announcer announcer = announcers.get(station);
    if (announcer != null) {
      announcer.seen(
          seen(station, System.currentTimeMillis(), "ip -j -s -s link", station.links()));
    }
  }

  /** How many facts were published. */
  long facts() {
    return facts;
  }

  private Seen seen(Station station, long at, String command, String output) {
    Observation observation =
        new Observation(at / 1e3, station.name, command, 0, output, at / 1e3, null, null);
    return new Seen(observation, parsers.parse(observation));
  }

  @Override
  public void close() {
    publisher.close();
  }
}
