package io.wgwhy.connectors.kafka;

import java.time.Duration;

/** Waits a while; whoever is interrupted meanwhile goes on at once, and is still interrupted. */
final class Pause {
  private Pause() {}

  static void of(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
