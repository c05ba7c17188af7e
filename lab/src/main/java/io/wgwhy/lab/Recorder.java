package io.wgwhy.lab;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Plays one fault in a lab of its own and writes down what a person with a terminal on each end
 * would see: a capture in windows of 5 s, the state of WireGuard every 5 s, everything else at the
 * beginning and at the end, and what became of the traffic.
 */
public final class Recorder {
  private static final double WINDOW = 5;
  private static final String CONNECTIONS = "conntrack -L -p udp";
  private static final String COUNTED = "iptables-save -c";

  private final Fault fault;
  private final Lab lab;
  private final Notebook notes;
  private final Map<Host, List<Capture>> captures = new LinkedHashMap<>();

  private Recorder(Fault fault, Lab lab) {
    this.fault = fault;
    this.lab = lab;
    this.notes = new Notebook(lab);
  }

  /** Writes {@code NAME.jsonl} and {@code NAME.truth.json} into the folder. */
  public static void record(Fault fault, Path into) throws IOException, InterruptedException {
    try (Lab lab = Lab.build(fault.topology())) {
      Recorder recorder = new Recorder(fault, lab);
      recorder.play();
      Files.writeString(
          into.resolve(fault.name() + ".truth.json"),
          JsonMapper.builder()
                  .build()
                  .writerWithDefaultPrettyPrinter()
                  .writeValueAsString(Truth.of(fault))
              + "\n");
      recorder.notes.write(into.resolve(fault.name() + ".jsonl"));
    }
  }

  private void play() throws InterruptedException {
    fault.stage().make(lab);
    lab.settle();
    if (fault.breaksAt() == 0) {
      fault.change().make(lab);
    }
    lab.witness((host, ran) -> notes.see(host, String.join(" ", ran.command()), ran));
    ExecutorService hands = Executors.newCachedThreadPool();
    List<Future<?>> working = new ArrayList<>();
    for (Host host : lab.ends()) {
      captures.put(host, Capture.start(host, lab.view(host.name())));
    }
    Thread.sleep(400);
    try {
      long start = System.nanoTime();
      lab.apply();
      for (Act act : acts()) {
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
      captures.values().forEach(all -> all.forEach(Capture::close));
      hands.shutdownNow();
    }
  }

  private record Act(double at, Runnable work) {}

  private List<Act> acts() {
    List<Act> acts = new ArrayList<>();
    acts.add(new Act(0.35, () -> lab.ends().forEach(this::tunnel)));
    acts.add(new Act(0.9, () -> lab.ends().forEach(this::beginning)));
    for (double at = WINDOW - 0.1; at < fault.seconds() + WINDOW; at += WINDOW) {
      acts.add(new Act(at, this::sample));
    }
    acts.add(new Act(fault.seconds() - 0.01, () -> lab.ends().forEach(this::end)));
    for (Demand demand : fault.demands()) {
      acts.add(new Act(demand.at(), () -> ask(demand)));
    }
    if (fault.breaksAt() > 0) {
      acts.add(new Act(fault.breaksAt(), () -> change(fault.change()::make)));
    }
    if (fault.healsAt() > 0) {
      acts.add(new Act(fault.healsAt(), () -> change(fault.change()::undo)));
    }
    acts.sort(Comparator.comparingDouble(Act::at));
    return acts;
  }

  private void change(Consumer<Lab> change) {
    change.accept(lab);
    lab.apply();
  }

  private void ask(Demand demand) {
    Host host = lab.host(demand.host());
    notes.see(host, demand.says(), host.run(demand.command()));
  }

  private void sample() {
    double at = System.currentTimeMillis() / 1000.0;
    captures.forEach(
        (host, all) ->
            all.forEach(it -> notes.see(host, it.says(), new Ran(at, List.of(), 0, it.window()))));
    lab.ends().forEach(this::tunnel);
  }

  private void tunnel(Host host) {
    View view = lab.view(host.name());
    notes.look(host, view.dump() ? "wg show all dump" : "wg show");
    if (view.gateway()) {
      notes.look(host, CONNECTIONS);
    }
  }

  private void beginning(Host host) {
    Looks.AT_THE_BEGINNING.forEach(command -> notes.look(host, command));
    if (lab.view(host.name()).gateway()) {
      notes.look(host, COUNTED);
      notes.look(host, "nft -j list ruleset");
    }
  }

  private void end(Host host) {
    View view = lab.view(host.name());
    List<String> interfaces = lab.interfaces(host);
    notes.see(
        host,
        "journalctl -u wg-quick@" + interfaces.get(0) + " -o cat",
        new Ran(System.currentTimeMillis() / 1000.0, List.of(), 0, host.read("wireguard.log")));
    Looks.AT_THE_END.forEach(command -> notes.look(host, command));
    view.routes().forEach(address -> notes.look(host, "ip route get " + address));
    interfaces.forEach(each -> notes.look(host, "cat /etc/wireguard/" + each + ".conf"));
    if (view.gateway()) {
      notes.look(host, COUNTED);
    }
  }
}
