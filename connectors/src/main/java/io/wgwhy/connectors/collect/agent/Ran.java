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
}
