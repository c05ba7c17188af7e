package io.wgwhy.lab;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.facts.Observation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Plays one fault in a lab of its own and writes down what a person with a terminal on each end
 * would see: a capture in windows of 5 s, the state of WireGuard every 5 s, everything else at the
 * beginning and at the end, and what became of the traffic.
 */
public final class Recorder {
  private static final double WINDOW = 5;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Fault fault;
  private final List<Observation> seen = Collections.synchronizedList(new ArrayList<>());
  private final Map<Host, List<Capture>> captures = new LinkedHashMap<>();

  private Recorder(Fault fault) {
    this.fault = fault;
  }

  /** Writes {@code NAME.jsonl} and {@code NAME.truth.json} into the folder. */
  public static void record(Fault fault, Path into) throws IOException, InterruptedException {
    Recorder recorder = new Recorder(fault);
    try (Lab lab = Lab.build(fault.topology())) {
      recorder.play(lab);
    }
    recorder.write(into);
  }

  private void play(Lab lab) throws InterruptedException {
    fault.stage().make(lab);
    lab.settle();
    if (fault.breaksAt() == 0) {
      fault.change().make(lab);
    }
    lab.witness((host, ran) -> see(host, "", ran));
    ExecutorService hands = Executors.newCachedThreadPool();
    List<Future<?>> working = new ArrayList<>();
    for (Host host : lab.ends()) {
      captures.put(host, List.of(new Capture(host, "in"), new Capture(host, "out")));
    }
    Thread.sleep(400);
    try {
      long start = System.nanoTime();
      lab.apply();
      for (Act act : acts(lab)) {
        long wait = (long) (act.at * 1e9) - (System.nanoTime() - start);
        Thread.sleep(Math.max(0, wait / 1_000_000));
        working.add(hands.submit(act.work));
      }
      for (Future<?> each : working) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(fault.name() + " failed", e.getCause());
    } finally {
      captures.values().forEach(both -> both.forEach(Capture::close));
      hands.shutdownNow();
    }
  }

  private record Act(double at, Runnable work) {}

  private List<Act> acts(Lab lab) {
    List<Act> acts = new ArrayList<>();
    acts.add(new Act(0.35, () -> lab.ends().forEach(this::tunnel)));
    acts.add(new Act(0.9, () -> lab.ends().forEach(this::beginning)));
    for (double at = WINDOW - 0.1; at < fault.seconds() + WINDOW; at += WINDOW) {
      acts.add(new Act(at, () -> sample(lab)));
    }
    acts.add(new Act(fault.seconds() - 0.01, () -> lab.ends().forEach(this::end)));
    for (Demand demand : fault.demands()) {
      acts.add(new Act(demand.at(), () -> ask(lab, demand)));
    }
    if (fault.breaksAt() > 0) {
      acts.add(
          new Act(
              fault.breaksAt(),
              () -> {
                fault.change().make(lab);
                lab.apply();
              }));
    }
    acts.sort(Comparator.comparingDouble(Act::at));
    return acts;
  }

  private void ask(Lab lab, Demand demand) {
    Host host = lab.host(demand.host());
    see(host, demand.says(), host.run(demand.command()));
  }

  private void sample(Lab lab) {
    double at = System.currentTimeMillis() / 1000.0;
    captures.forEach(
        (host, both) ->
            both.forEach(it -> see(host, it.says(), new Ran(at, List.of(), 0, it.window()))));
    lab.ends().forEach(this::tunnel);
  }

  private void tunnel(Host host) {
    look(host, "wg show all dump");
    if (host.name().equals(Topology.SRV)) {
      look(host, "conntrack -L -p udp");
    }
  }

  private void beginning(Host host) {
    Looks.AT_THE_BEGINNING.forEach(command -> look(host, command));
    if (host.name().equals(Topology.SRV)) {
      look(host, "iptables-save -c");
      look(host, "nft -j list ruleset");
    }
  }

  private void end(Host host) {
    see(
        host,
        "journalctl -u wg-quick@wg0 -o cat",
        new Ran(System.currentTimeMillis() / 1000.0, List.of(), 0, host.read("wireguard.log")));
    Looks.AT_THE_END.forEach(command -> look(host, command));
    if (host.name().equals(Topology.SRV)) {
      look(host, "iptables-save -c");
    }
  }

  private void look(Host host, String command) {
    if (!host.poweredOff()) {
      Ran ran = host.run(command);
      see(host, command, new Ran(ran.at(), ran.command(), ran.exit(), Looks.cut(command, ran)));
    }
  }

  private void see(Host host, String says, Ran ran) {
    if (!host.poweredOff()) {
      String command = says.isEmpty() ? String.join(" ", ran.command()) : says;
      seen.add(
          new Observation(
              ran.at(), host.name(), command, ran.exit(), ran.output(), null, null, null));
    }
  }

  private void write(Path into) throws IOException {
    List<Observation> all = new ArrayList<>(seen);
    all.sort(Comparator.comparingDouble(Observation::at));
    Path part = into.resolve(fault.name() + ".part");
    try (BufferedWriter out = Files.newBufferedWriter(part)) {
      for (Observation each : all) {
        out.write(JSON.writeValueAsString(each));
        out.newLine();
      }
    }
    Files.writeString(
        into.resolve(fault.name() + ".truth.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(Truth.of(fault)) + "\n");
    Files.move(part, into.resolve(fault.name() + ".jsonl"), StandardCopyOption.REPLACE_EXISTING);
  }
}
