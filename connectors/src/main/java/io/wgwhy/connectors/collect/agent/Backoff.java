package io.wgwhy.connectors.collect.agent;

import java.util.HashMap;
import java.util.Map;

/**
 * Commands that keep failing are run more and more rarely: a tool that is missing, refused or hangs
 * will be so the next time as well. Runs are passed over, first one, then two, four, and so on.
 */
final class Backoff {
  /** A task that is run every minute is then tried every half hour. */
  private static final int MOST = 32;

  private final Map<String, Pause> pauses = new HashMap<>();

  private record Pause(int length, int left) {}

  /** Whether it is to be run this time. */
  synchronized boolean isDue(String task) {
    Pause pause = pauses.get(task);
    if (pause == null || pause.left() == 0) {
      return true;
    }
    pauses.put(task, new Pause(pause.length(), pause.left() - 1));
    return false;
  }

  synchronized void note(String task, boolean failed) {
    if (!failed) {
      pauses.remove(task);
      return;
    }
    Pause before = pauses.get(task);
    int length = before == null ? 1 : Math.min(MOST, before.length() * 2);
    pauses.put(task, new Pause(length, length));
  }

  /** Something has changed that it looks at. */
  synchronized void forget(String task) {
    pauses.remove(task);
  }
}
