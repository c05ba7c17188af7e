package io.wgwhy.cli.live;

import io.wgwhy.connectors.collect.agent.Announcer;
import io.wgwhy.connectors.collect.agent.Collector;
import io.wgwhy.connectors.collect.agent.Times;
import io.wgwhy.connectors.kafka.BrokerClock;
import io.wgwhy.connectors.kafka.FactOutbox;
import io.wgwhy.facts.Heartbeat;
import io.wgwhy.facts.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What this host shows, on its way to Kafka. */
public final class Publishing implements AutoCloseable {
  private final BrokerClock broker = new BrokerClock();
  private final Times times;
  private final Announcer announcer;
  private final FactOutbox outbox;

  /**
   * @param client how to reach Kafka; it need not be there yet
   * @param pace how often the host speaks at least
   * @param buffer how much may wait while Kafka is away, bytes
   * @param clock the host's own, whatever it says
   */
  public Publishing(
      Map<String, Object> client,
      Tenant tenant,
      String network,
      String host,
      Duration pace,
      long buffer,
      Clock clock) {
    this.times = new Times(clock, broker::millis);
    this.outbox = new FactOutbox(client, tenant, network, buffer, broker, this::beginAnew);
    this.announcer = new Announcer(host, pace, outbox::add, () -> outbox.figures().dropped());
    // Only an answer tells the time that all hosts share, and no fact must go out with another.
    outbox.add(List.of(new Heartbeat(host, 1, pace.toMillis(), List.of(), 0, false)));
  }

  private void beginAnew() {
    announcer.beginAnew();
  }

  /** Whether Kafka has answered. */
  public boolean isHeard(Duration patience) throws InterruptedException {
    return outbox.await(patience);
  }

  public Collector.Sink sink() {
    return announcer;
  }

  /** The host's clock, and the broker's. */
  public Times times() {
    return times;
  }

  /**
   * Takes leave: silence from now on is meant.
   *
   * @return how it went, for people
   */
  public String goodBye() throws InterruptedException {
    announcer.goodBye(times.now());
    outbox.close();
    FactOutbox.Figures figures = outbox.figures();
    return "stopped; %d facts sent, %d given up%s"
        .formatted(
            figures.sent(),
            figures.dropped(),
            figures.waiting() > 0 ? ", the last " + figures.waiting() + " bytes lost" : "");
  }

  @Override
  public void close() {
    outbox.close();
  }
}
