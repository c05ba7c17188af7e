package io.wgwhy.lab;

import static org.junit.jupiter.api.Assumptions.abort;

/** Whether this machine can have a lab: root, namespaces, tools. */
final class Able {
  private Able() {}

  /** Skips the test, and says why, on a machine that cannot. */
  static void orSkip() {
    try {
      Requirements.check();
    } catch (LabException e) {
      abort(String.valueOf(e.getMessage()));
    }
  }
}
