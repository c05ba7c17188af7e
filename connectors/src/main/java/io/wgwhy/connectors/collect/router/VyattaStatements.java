package io.wgwhy.connectors.collect.router;

import io.wgwhy.connectors.collect.output.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements of a Vyatta configuration in one form, whether it is written in blocks or as
 * {@code set} commands: {@code interfaces wireguard wg0 mtu 1420}.
 */
final class VyattaStatements {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|[^\\s'\"]+");

  /** Blocks that have a name; it may be lost. */
  private static final Set<String> NAMED = Set.of("wireguard", "peer");

  /** No configuration is nested deeper; whoever sends one wants paths to grow. */
  private static final int DEEPEST = 16;

  private final List<List<String>> blocks = new ArrayList<>();
  private final List<Statement> found = new ArrayList<>();

  private VyattaStatements() {}

  /**
   * @param line its number, from 1
   * @param words the path and, at its end, the value
   */
  record Statement(int line, List<String> words) {
    /** The first word; empty when there is none left. */
    String first() {
      return words.isEmpty() ? "" : words.get(0);
    }

    String second() {
      return words.size() < 2 ? "" : words.get(1);
    }

    /** What stands below the word; the statement itself when it does not begin with it. */
    Statement below(String word) {
      return first().equals(word) && !words.isEmpty()
          ? new Statement(line, words.subList(1, words.size()))
          : this;
    }
  }

  /** The statements in order; a block's beginning is one, too. */
  static List<Statement> of(String output) {
    VyattaStatements statements = new VyattaStatements();
    int number = 0;
    for (String line : TextLines.of(output)) {
      number++;
      statements.line(number, line);
    }
    return statements.found;
  }

  private void line(int number, String line) {
    // While configuring, + and > mark what is new or changed, and - what will be gone.
    String text = line.replaceFirst("^[+>]", "").strip();
    boolean gone = line.startsWith("-");
    if (text.isEmpty() || gone || text.startsWith("/*") || text.startsWith("[edit")) {
      return;
    }
    if (text.equals("}")) {
      if (!blocks.isEmpty()) {
        blocks.remove(blocks.size() - 1);
      }
      return;
    }
    boolean opens = text.endsWith("{");
    List<String> words = words(opens ? text.substring(0, text.length() - 1) : text);
    if (!words.isEmpty() && words.get(0).equals("set") && words.size() > 1) {
      found.add(new Statement(number, words.subList(1, words.size())));
      return;
    }
    if (opens && words.size() == 1 && NAMED.contains(words.get(0))) {
      words.add("?"); // what comes next is not its name
    }
    List<String> path = new ArrayList<>();
    blocks.stream().limit(DEEPEST).forEach(path::addAll);
    path.addAll(words);
    found.add(new Statement(number, path));
    if (opens) {
      blocks.add(words);
    }
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      String quoted = word.group(1) == null ? word.group(2) : word.group(1);
      words.add(quoted == null ? word.group() : quoted);
    }
    return words;
  }
}
