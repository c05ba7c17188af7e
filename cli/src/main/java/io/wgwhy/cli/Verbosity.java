package io.wgwhy.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The option {@code --verbose}, the same for every command. */
final class Verbosity {
  private static volatile boolean verbose;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say more on stderr: the log, and stack traces of failures.")
  void verbose(boolean on) {
    set(on);
  }

  static boolean isVerbose() {
    return verbose;
  }

  /** For programs that run for months: the log alone, from this level on. */
  static void log(Level level) {
    if (LoggerFactory.getLogger("io.wgwhy") instanceof Logger logger) {
      logger.setLevel(level);
    }
  }

  static void set(boolean on) {
    if (on != verbose && LoggerFactory.getLogger("io.wgwhy") instanceof Logger logger) {
      logger.setLevel(on ? Level.DEBUG : Level.WARN);
    }
    verbose = on;
  }
}
