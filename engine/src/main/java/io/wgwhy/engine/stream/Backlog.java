package io.wgwhy.engine.stream;

import io.wgwhy.facts.WireGuard;

/**
 * Whether we read what was written long ago: then that nothing comes from a host means nothing. By
 * most of the facts of the last second, as single hosts' clocks may be wrong.
 */
final class Backlog {
  private long all;
  private long old;

  /**
   * @param at when the fact was seen, ms since the epoch
   * @param now our own clock
   */
  void took(long at, long now) {
    all++;
    old += at < now - WireGuard.HEARING_TIMEOUT ? 1 : 0;
  }

  /** Asked once a second: about the time since it was asked before. */
  boolean isThere() {
    boolean mostAreOld = old * 2 > all;
    all = 0;
    old = 0;
    return mostAreOld;
  }
}
