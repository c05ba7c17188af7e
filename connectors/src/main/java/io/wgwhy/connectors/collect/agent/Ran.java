package io.wgwhy.connectors.collect.agent;

/**
 * How a command went.
 *
 * @param exit its exit code, or what a shell and timeout(1) say instead: 124 too long a time, 126
 *     not permitted, 127 not there; 125 for too long an output
 * @param output both streams; empty when it was ended by force: a part of it would look like all
 */
record Ran(int exit, String output) {
  static final int TIMED_OUT = 124;
  static final int TOO_LONG = 125;
  static final int NOT_PERMITTED = 126;
  static final int NOT_FOUND = 127;

  /** It printed more than is kept. */
  static Ran tooLong(int limit) {
    return new Ran(TOO_LONG, "wgwhy: more than " + limit + " bytes, not kept\n");
  }

  /** Whether it was ended at a limit: to run it costs much, and shows nothing. */
  boolean hung() {
    return exit == TIMED_OUT || exit == TOO_LONG;
  }

  /** Whether it could not be run at all. */
  boolean failedAtOnce() {
    return exit == NOT_PERMITTED || exit == NOT_FOUND;
  }
}
