package io.wgwhy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The recordings of the laboratory, and what is made of them. */
final class Samples {
  static final Path RECORDINGS = Path.of("../recordings");
  static final Path BLOCKED = RECORDINGS.resolve("srv-fw-nft-policy-drop.jsonl");
  static final Path HEALTHY = RECORDINGS.resolve("healthy-active.jsonl");

  private Samples() {}

  static String blocked() {
    return BLOCKED.toString();
  }

  static String healthy() {
    return HEALTHY.toString();
  }

  /** The lines of a recording that come from one host. */
  static String oneEnd(Path recording, String host) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String line : Files.readAllLines(recording)) {
      if (line.contains("\"host\": \"" + host + "\"")) {
        lines.append(line).append('\n');
      }
    }
    return lines.toString();
  }
}
