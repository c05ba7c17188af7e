package io.wgwhy.engine.stream;

import io.wgwhy.facts.WireGuard;

/**
 * Whether most of what was read in the last second is old: then that nothing comes from a host
 * means nothing. Of a partition it tells by when records came to their topic, whatever senders say;
 * of one network by when its facts were seen, as it may be a replay.
 */
final class Backlog {
  private long all;
  private long old;

  /**
   * @param at of a record or a fact, ms since the epoch; 0 when nobody knows
   * @param now our own clock
   */
  void took(long at, long now) {
    all++;
    old += at != 0 && at < now - WireGuard.HEARING_TIMEOUT ? 1 : 0;
  }

  /** Asked once a second: about the time since it was asked before. */
  boolean isThere() {
    boolean mostAreOld = old * 2 > all;
    all = 0;
    old = 0;
    return mostAreOld;
  }
}
