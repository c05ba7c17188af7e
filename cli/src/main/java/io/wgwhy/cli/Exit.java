package io.wgwhy.cli;

/** What a command's exit code says, the same for every command. */
final class Exit {
  static final int NOTHING_WRONG = 0;
  static final int FINDINGS = 1;

  /** Bad usage or unreadable input. */
  static final int UNUSABLE = 2;

  /** Kafka cannot be reached. */
  static final int NO_KAFKA = 3;

  /** The same, as every help text tells it. */
  static final String HELP =
      "0 nothing wrong, 1 findings, 2 bad usage or unreadable input, 3 cannot reach Kafka";

  private Exit() {}
}
