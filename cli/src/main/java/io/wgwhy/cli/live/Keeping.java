package io.wgwhy.cli.live;

import io.wgwhy.connectors.collect.agent.Collector;
import io.wgwhy.connectors.collect.agent.Seen;
import io.wgwhy.facts.Observation;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Keeps what is seen until that fails, as on a full disk: others who see it go on. */
public final class Keeping implements Collector.Sink {
  private final Consumer<Observation> recording;
  private final Runnable lost;
  private volatile boolean over;

  /**
   * @param lost is run once, when it fails
   */
  public Keeping(Consumer<Observation> recording, Runnable lost) {
    this.recording = recording;
    this.lost = lost;
  }

  @Override
  public void seen(Seen it) {
    if (over) {
      return;
    }
    try {
      recording.accept(it.observation());
    } catch (UncheckedIOException full) {
      over = true;
      lost.run();
    }
  }

  /** Whether something is missing at its end. */
  public boolean isOver() {
    return over;
  }
}
