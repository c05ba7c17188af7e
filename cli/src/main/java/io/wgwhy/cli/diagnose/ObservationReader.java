package io.wgwhy.cli.diagnose;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Parsed;
import io.wgwhy.connectors.collect.output.Unread;
import io.wgwhy.facts.Observation;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns an observation into a moment, and says which of its lines were not understood. */
final class ObservationReader {
  /** What the name of a program looks like; nothing else of a command is told. */
  private static final Pattern PROGRAM = Pattern.compile("[A-Za-z][\\w.-]{0,23}");

  private final Parsers parsers;

  ObservationReader(Parsers parsers) {
    this.parsers = parsers;
  }

  /**
   * @param input the file that it stands in
   * @param offset how many lines of the file stand before the output
   */
  Moment read(String input, Observation observation, int offset, Consumer<UnreadInput> unread) {
    Parsed parsed = parsers.parse(observation);
    String program = program(observation.command());
    for (Unread line : parsed.unread()) {
      boolean whole = line.line() == 0 && offset == 0;
      int number = whole ? 0 : offset + Math.max(1, line.line());
      unread.accept(new UnreadInput(input, number, observation.host(), program, line.reason()));
    }
    return new Moment(observation.host(), observation.atMillis(), parsed.facts());
  }

  /** The program, without folder and arguments: those may hold anything. */
  private static @Nullable String program(String command) {
    return Arrays.stream(command.strip().split("\\s+"))
        .map(it -> it.substring(it.lastIndexOf('/') + 1))
        .filter(it -> !it.equals("sudo"))
        .findFirst()
        .filter(it -> PROGRAM.matcher(it).matches())
        .orElse(null);
  }
}
