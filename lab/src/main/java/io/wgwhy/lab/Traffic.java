package io.wgwhy.lab;

import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * People who use the tunnel: they ask for the same things again and again, and tell what became of
 * it.
 */
final class Traffic implements AutoCloseable {
  /** At once: the longest of their questions, and some more. */
  private static final int HANDS = 6;

  private final Lab lab;
  private final Consumer<Observation> told;
  private final ScheduledExecutorService hands = Executors.newScheduledThreadPool(HANDS);
  private volatile boolean closed;

  private Traffic(Lab lab, Consumer<Observation> told) {
    this.lab = lab;
    this.told = told;
  }

  /**
   * Starts.
   *
   * @param demands in their order; from the beginning again when all have been asked
   * @param lasting seconds from one beginning to the next
   */
  static Traffic start(Lab lab, List<Demand> demands, double lasting, Consumer<Observation> told) {
    Traffic traffic = new Traffic(lab, told);
    for (Demand demand : demands) {
      for (Demand piece : demand.inPieces()) {
        long first = (long) (piece.at() * 1000);
        Future<?> unused =
            traffic.hands.scheduleAtFixedRate(
                () -> traffic.ask(piece), first, (long) (lasting * 1000), TimeUnit.MILLISECONDS);
      }
    }
    return traffic;
  }

  private void ask(Demand demand) {
    Host host = lab.host(demand.host());
    if (closed || host.poweredOff()) {
      return;
    }
    Ran ran = host.run(demand.command());
    if (!closed && !host.poweredOff()) {
      told.accept(
          new Observation(
              ran.at(), host.name(), demand.says(), ran.exit(), ran.output(), null, null, null));
    }
  }

  /** Nobody asks any more; what is still under way is not told. */
  @Override
  public void close() {
    closed = true;
    hands.shutdownNow();
  }

  /** What a working tunnel is for, once every quarter of a minute. */
  static List<Demand> everything() {
    List<Demand> all = new ArrayList<>();
    all.add(Demand.ping(0.1, Topology.CLI, "10.66.66.1", 14));
    all.add(Demand.ping(0.3, Topology.CLI2, "10.66.66.1", 14));
    all.add(Demand.fetch(1, "http://192.0.2.80/big", false, 8));
    all.add(Demand.ping(2, Topology.CLI, "192.0.2.80", 2));
    all.add(Demand.ping(3, Topology.CLI, "172.16.9.80", 2));
    all.add(Demand.large(5, 1392));
    all.add(Demand.large(6, 1252));
    all.add(Demand.of(7, Topology.CLI, "dig +time=2 +tries=1 +short @10.66.66.1 web.lab.test"));
    all.add(Demand.ping(9, Topology.SRV, "10.66.66.2", 3));
    return all;
  }
}
