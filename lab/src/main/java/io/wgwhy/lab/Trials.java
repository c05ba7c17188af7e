package io.wgwhy.lab;

import io.wgwhy.facts.Observation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One lab in which one fault after the other is made and taken back, with traffic all the time. */
public final class Trials implements AutoCloseable {
  private static final double ROUND = 15;

  private final Lab lab;
  private final Consumer<Observation> told;
  private @Nullable Traffic traffic;

  private Trials(Lab lab, Consumer<Observation> told) {
    this.lab = lab;
    this.told = told;
    lab.witness(
        (host, ran) ->
            told.accept(
                new Observation(
                    ran.at(),
                    host.name(),
                    String.join(" ", ran.command()),
                    ran.exit(),
                    ran.output(),
                    null,
                    null,
                    null)));
  }

  /**
   * Builds a lab with a healthy tunnel.
   *
   * @param told takes what people on the hosts see of their own doing: questions that they ask of
   *     the tunnel, and what wg-quick says to them
   */
  public static Trials open(Consumer<Observation> told) {
    Trials trials = new Trials(Lab.build(Topology.everything()), told);
    try {
      trials.lab.apply();
      trials.use(Traffic.everything(), ROUND);
      return trials;
    } catch (RuntimeException e) {
      trials.close();
      throw e;
    }
  }

  /** The hosts with a tunnel's end. */
  public List<String> ends() {
    return lab.ends().stream().map(Host::name).toList();
  }

  /**
   * Starts a command on a host; it ends with the lab.
   *
   * @return what it prints; what it says on stderr is kept in the lab's folder
   */
  public BufferedReader start(String host, List<String> command) {
    Host at = lab.host(host);
    try {
      return new ProcessBuilder(at.inside(command))
          .redirectInput(Path.of("/dev/null").toFile())
          .redirectError(at.folder().resolve("started.err").toFile())
          .start()
          .inputReader(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(command.get(0) + " cannot be started", e);
    }
  }

  /** Prepares what is special about the tunnel while it is healthy. */
  public void stage(Fault fault) {
    fault.stageIn(lab);
  }

  /** Breaks it, and people go on to ask what this fault's victims would. */
  public void breakBy(Fault fault) {
    rest();
    fault.breakIn(lab);
    List<Demand> after =
        fault.demands().stream()
            .filter(it -> it.at() >= fault.breaksAt())
            .map(it -> it.sooner(fault.breaksAt()))
            .toList();
    use(after, fault.seconds() - fault.breaksAt());
  }

  /** Takes back what was broken; people ask for everything again. */
  public void heal(Fault fault) {
    rest();
    fault.healIn(lab);
    use(Traffic.everything(), ROUND);
  }

  /** Back to the tunnel as it was at first. */
  public void unstage(Fault fault) {
    fault.unstageIn(lab);
  }

  private void use(List<Demand> demands, double lasting) {
    traffic = Traffic.start(lab, demands, lasting, told);
  }

  private void rest() {
    if (traffic != null) {
      traffic.close();
      traffic = null;
    }
  }

  @Override
  public void close() {
    rest();
    lab.close();
  }
}
