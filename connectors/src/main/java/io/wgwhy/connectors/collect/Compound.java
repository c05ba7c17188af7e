package io.wgwhy.connectors.collect;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Failures;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Recognition;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The output of several commands in one line ({@code cat /etc/resolv.conf; dig web.example.org}):
 * which lines are whose.
 */
final class Compound {
  /** More lines than this are not tried at every place. */
  private static final int MOST_LINES = 2_000;

  /**
   * @param observation one command and its part of the output
   * @param offset how many lines stand before it
   */
  record Part(Observation observation, int offset) {}

  private Compound() {}

  /** The parts; empty when the output does not fall into parts that the commands' parsers know. */
  static List<Part> split(Observation whole, List<String> commands) {
    List<String> lines = whole.output().lines().toList();
    List<Part> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < commands.size(); i++) {
      boolean last = i == commands.size() - 1;
      int end = last ? lines.size() : next(lines, start, commands.get(i + 1));
      Parser parser = Registry.of(CommandLine.of(commands.get(i)));
      if (parser == null && !last && end == lines.size()) {
        // cd, sleep: what is printed is the next one's.
        end = start;
      }
      String text = text(lines, start, end);
      if (parser == null && text.isBlank()) {
        continue;
      }
      // Only the last command's exit code is known.
      Observation part = Parsers.with(whole, commands.get(i), last ? whole.exit() : null, text);
      if (!text.isBlank() && !fits(parser, part)) {
        return List.of();
      }
      parts.add(new Part(part, start));
      start = end;
    }
    return parts;
  }

  private static boolean fits(@Nullable Parser parser, Observation part) {
    return (parser != null && Recognition.of(part.output()).by(parser))
        || Failures.of(part, CommandLine.of(part.command())) != null;
  }

  /** Where the output of the next command begins: at the first line from which it is recognised. */
  private static int next(List<String> lines, int start, String command) {
    CommandLine next = CommandLine.of(command);
    Parser parser = Registry.of(next);
    for (int at = start; parser != null && at < Math.min(lines.size(), start + MOST_LINES); at++) {
      String line = lines.get(at);
      if (Recognition.of(line).by(parser) || Failures.isAbout(next, line)) {
        return at;
      }
    }
    return lines.size();
  }

  private static String text(List<String> lines, int start, int end) {
    return String.join("\n", lines.subList(start, end)) + (end > start ? "\n" : "");
  }
}
