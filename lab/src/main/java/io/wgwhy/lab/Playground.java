package io.wgwhy.lab;

import static io.wgwhy.lab.Topology.CLI;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lab that a person plays with: each command finds it as the one before has left it. */
public final class Playground {
  private static final String TRAFFIC = "traffic";

  private final Lab lab;
  private final @Nullable String broken;

  private Playground(Lab lab, @Nullable String broken) {
    this.lab = lab;
    this.broken = broken;
  }

  /** Builds it, with a healthy tunnel and traffic in it. */
  public static Playground up() {
    if (State.isIn(folder())) {
      throw new LabException("the lab is up already: wgwhy lab down removes it");
    }
    Leftovers.sweep();
    Playground playground = new Playground(Lab.buildPlayground(Topology.everything()), null);
    try {
      playground.lab.apply();
      playground.traffic();
      playground.remember(null);
      return playground;
    } catch (RuntimeException e) {
      playground.lab.close();
      throw e;
    }
  }

  /** The one that is up. */
  public static Playground find() {
    if (!State.isIn(folder())) {
      throw new LabException("there is no lab: wgwhy lab up builds one");
    }
    State state = State.read(folder());
    return new Playground(Lab.find(state), state.broken());
  }

  /** Removes it. Nothing there is fine. */
  public static void down() {
    Leftovers.remove(Lab.PLAYGROUND, folder());
  }

  /** What is broken now; null when nothing is. */
  public @Nullable String broken() {
    return broken;
  }

  /** The names of its hosts. */
  public List<String> hosts() {
    return lab.hosts();
  }

  /** Breaks it; what was broken before is healed first. */
  public void breakBy(Fault fault) {
    heal();
    fault.stageIn(lab);
    fault.breakIn(lab);
    remember(fault.name());
  }

  /** Takes back what was broken. */
  public void heal() {
    if (broken != null) {
      Fault fault = Faults.named(broken);
      fault.healIn(lab);
      fault.unstageIn(lab);
      remember(null);
    }
  }

  /**
   * Runs a command on a host, with this process's own terminal.
   *
   * @param command nothing means a shell
   * @return its exit code
   */
  public int shell(String host, List<String> command) {
    List<String> shell = command.isEmpty() ? List.of("bash") : command;
    try {
      return new ProcessBuilder(lab.host(host).inside(shell)).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted");
    }
  }

  private void traffic() {
    lab.serve(TRAFFIC, lab.host(CLI), List.of("ping", "-n", "-i", "1", "-q", "10.66.66.1"));
  }

  private void remember(@Nullable String fault) {
    lab.keep(fault);
  }

  private static Path folder() {
    return Folder.of(Lab.PLAYGROUND);
  }
}
