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

  /**
   * @param costly whether it takes long to fail: then no change makes it worth another try
   */
  private record Pause(int length, int left, boolean costly) {}

  /** Whether it is to be run this time. */
  synchronized boolean isDue(String task) {
    Pause pause = pauses.get(task);
    if (pause == null || pause.left() == 0) {
      return true;
    }
    pauses.put(task, new Pause(pause.length(), pause.left() - 1, pause.costly()));
    return false;
  }

  /** It was run, and did what it is for. */
  synchronized void worked(String task) {
    pauses.remove(task);
  }

  /** It was run in vain, and that was seen at once: it is missing, or refused. */
  synchronized void failed(String task) {
    pause(task, /* costly= */ false);
  }

  /** It was run in vain, up to one of its limits. */
  synchronized void hung(String task) {
    pause(task, /* costly= */ true);
  }

  private void pause(String task, boolean costly) {
    Pause before = pauses.get(task);
    int length = before == null ? 1 : Math.min(MOST, before.length() * 2);
    pauses.put(task, new Pause(length, length, costly));
  }

  /** Something has changed that it looks at: it is tried again, unless it hung. */
  synchronized void changed(String task) {
    Pause pause = pauses.get(task);
    if (pause != null && !pause.costly()) {
      pauses.remove(task);
    }
  }
}
