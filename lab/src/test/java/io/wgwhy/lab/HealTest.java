package io.wgwhy.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every fault of the catalogue is made and taken back: then the tunnel carries everything again,
 * and nothing on any host is set up otherwise than before.
 */
@Tag("slow")
class HealTest {
  /** Labs side by side. */
  private static final int LANES = 4;

  /** No fault is begun later; a quiet machine with two cores needs a part of it. */
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(8);

  /** What a tunnel is for. Retries are for handshakes that are still under way. */
  private static final List<List<String>> WORKS =
      List.of(
          List.of(Topology.CLI, "ping -n -c 1 -W 1 10.66.66.1"),
          List.of(Topology.CLI, "ping -n -c 1 -W 1 172.16.9.80"),
          List.of(Topology.CLI, "ping -n -c 1 -W 1 -M do -s 1392 10.66.66.1"),
          List.of(Topology.CLI, "curl -sS -o /dev/null --max-time 3 http://192.0.2.80/big"),
          List.of(Topology.CLI, "dig +time=2 +tries=1 +short @10.66.66.1 web.lab.test"),
          List.of(Topology.SRV, "ping -n -c 1 -W 1 10.66.66.2"),
          List.of(Topology.CLI2, "ping -n -c 1 -W 1 10.66.66.1"));

  private static final int RETRIES = 20;

  private final long start = System.nanoTime();
  private final ConcurrentLinkedQueue<Fault> open = new ConcurrentLinkedQueue<>(Faults.all());
  private final List<String> bad = Collections.synchronizedList(new ArrayList<>());

  @Test
  void every_fault_can_be_taken_back() throws Exception {
    Able.orSkip();
    ExecutorService lanes = Executors.newFixedThreadPool(LANES);
    List<Future<?>> results = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      results.add(lanes.submit(this::lane));
    }
    for (Future<?> each : results) {
      each.get();
    }
    lanes.shutdown();
    assertThat(bad).isEmpty();
    assumeThat(open).as("no time was left for these").isEmpty();
  }

  private void lane() {
    while (isTime()) {
      try (Lab lab = Lab.build(Topology.everything())) {
        lab.apply();
        Map<String, String> before = Outline.of(lab);
        boolean clean = true;
        while (clean && isTime()) {
          Fault fault = open.poll();
          if (fault != null) {
            clean = breakAndHeal(lab, fault, before);
          }
        }
      }
    }
  }

  private boolean isTime() {
    return !open.isEmpty() && System.nanoTime() - start < LONGEST_NANOS;
  }

  private boolean breakAndHeal(Lab lab, Fault fault, Map<String, String> before) {
    List<String> wrong = new ArrayList<>();
    try {
      fault.stageIn(lab);
      fault.breakIn(lab);
      fault.healIn(lab);
      fault.unstageIn(lab);
      for (List<String> each : WORKS) {
        if (!works(lab.host(each.get(0)), each.get(1))) {
          wrong.add(each + " fails");
        }
      }
      Map<String, String> after = Outline.of(lab);
      before.forEach(
          (what, said) -> {
            if (!said.equals(after.get(what))) {
              wrong.add(what + ": " + difference(said, String.valueOf(after.get(what))));
            }
          });
    } catch (LabException e) {
      wrong.add(e.getMessage());
    }
    wrong.forEach(it -> bad.add(fault.name() + ": " + it));
    return wrong.isEmpty();
  }

  private static String difference(String before, String after) {
    List<String> lost = new ArrayList<>(before.lines().toList());
    List<String> more = new ArrayList<>(after.lines().toList());
    after.lines().forEach(lost::remove);
    before.lines().forEach(more::remove);
    return "lost " + lost + ", more " + more;
  }

  private static boolean works(Host host, String command) {
    for (int i = 0; i < RETRIES; i++) {
      if (host.run(command).exit() == 0) {
        return true;
      }
    }
    return false;
  }
}
