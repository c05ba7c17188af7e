package io.wgwhy.facts;

import java.util.List;

/**
 * A collector's sign of life. It says anew only what changed: as long as heartbeats come, what a
 * host said before is still so. They come at a fixed pace at least, whatever else is published.
 *
 * @param at 1 in its first word, before the receiver has told the time
 * @param everyMillis the pace: the next one is due after so many ms
 * @param failing programs that could tell nothing when they were last run, sorted (why stands in
 *     {@link CommandFailure}); one that failed before and is not listed works again
 * @param dropped how many facts it had to give up since it started, because the broker was away for
 *     longer than its buffer lasts
 * @param last whether it says good-bye: the collector was stopped by somebody, so that silence
 *     after it is meant
 */
public record Heartbeat(
    String host, long at, long everyMillis, List<String> failing, long dropped, boolean last)
    implements Fact {
  @Override
  public String identity() {
    return "heartbeat/" + host;
  }
}
