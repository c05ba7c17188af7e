package io.wgwhy.connectors.collect.agent;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command to run: its words go to the program as they are, no shell reads them.
 *
 * @param words the program's name and its arguments
 * @param timeLimit how long it may take
 * @param outputLimit how much it may print, bytes
 */
record Command(List<String> words, Duration timeLimit, int outputLimit) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  Command {
    words = List.copyOf(words);
  }

  String program() {
    return words.get(0);
  }

  /** As a person would type it in a shell. */
  String line() {
    return words.stream().map(Command::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
