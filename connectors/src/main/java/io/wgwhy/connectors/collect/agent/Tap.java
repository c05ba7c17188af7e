package io.wgwhy.connectors.collect.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A capture that runs on, read in windows. One process for hours instead of one for each window:
 * nothing is missed between them.
 */
final class Tap implements AutoCloseable {
  /** What tcpdump says before packets come (tcpdump(8)); the last of it means that it looks. */
  private static final String PREAMBLE = "tcpdump: verbose output suppressed";

  private static final String LISTENING = "listening on ";

  /** Windows of about the catalogue's pace: a shorter one would be taken for one of that length. */
  private static final long SHORTEST_NANOS = Catalogue.PEERS.toNanos() - 200_000_000L;

  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final Command command;
  private final Process process;
  private final Thread reader = Threads.of("capture", this::read);
  private final StringBuilder lines = new StringBuilder();
  private boolean listening;
  private boolean tooLong;

  /** When the window that is open began, by {@link System#nanoTime}. */
  private long began;

  private Tap(Command command, Process process) {
    this.command = command;
    this.process = process;
    reader.start();
  }

  static Tap start(Programs programs, Path program, Command command) throws IOException {
    return new Tap(
        command,
        programs.startLasting(
            program,
            command.words().subList(1, command.words().size()),
            /* looksAtPackets= */ true));
  }

  private void read() {
    try (BufferedReader printed =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 2048)) {
      for (String line = printed.readLine(); line != null; line = printed.readLine()) {
        take(line);
      }
    } catch (IOException ended) {
      // The process is gone: the next window says so.
    }
  }

  private synchronized void take(String line) {
    if (line.startsWith(PREAMBLE)) {
      return;
    }
    if (line.startsWith(LISTENING)) {
      listening = true;
      began = System.nanoTime();
      return;
    }
    if (lines.length() + line.length() > command.outputLimit()) {
      tooLong = true;
    } else {
      lines.append(line).append('\n');
    }
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /**
   * Ends the window and begins the next.
   *
   * @return what was seen in it; null when it goes on: it has not looked for as long as a window
   *     lasts
   */
  @Nullable Ran cut() {
    boolean ended = !process.isAlive();
    if (ended) {
      hearLastWords();
    }
    return window(ended);
  }

  /** Why it ended is what it said last, and that may be read a moment after its end. */
  private void hearLastWords() {
    try {
      reader.join(LAST_WORDS.toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable Ran window(boolean ended) {
    long now = System.nanoTime();
    if (!ended && (!listening || now - began < SHORTEST_NANOS)) {
      return null;
    }
    began = now;
    String seen = lines.toString();
    lines.setLength(0);
    if (tooLong) {
      tooLong = false;
      return Ran.tooLong(command.outputLimit());
    }
    return new Ran(ended ? process.exitValue() : 0, seen);
  }

  @Override
  public void close() {
    Programs.end(process);
  }
}
