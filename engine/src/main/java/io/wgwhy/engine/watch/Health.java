package io.wgwhy.engine.watch;

/** How an engine is, asked each time somebody looks. */
public interface Health {

  /** In a word, for people: {@code running}, {@code rebalancing}, … */
  String state();

  /** Whether it can still come to work by itself; if not, it has to be started again. */
  boolean isAlive();

  /** Whether it is at work: not while it starts, restores, or hands partitions over. */
  boolean isReady();
}
