package io.wgwhy.connectors.collect;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What mail programs, editors and web pages do to a text: {@code > } and numbers before its lines,
 * blanks before all of them, entities within. The lines keep their places.
 */
final class Quoting {
  private static final Pattern QUOTED = Pattern.compile("^\\s{0,3}> ?");

  /** {@code 12 | text}, and what cat -n writes; {@code 1: lo: …} is a command's own. */
  private static final Pattern NUMBERED = Pattern.compile("^\\s*(\\d{1,5})(?: ?[|│] ?|\\t)");

  /** {@code 12 text}: only where each line has the next number; a traceroute's hops have, too. */
  private static final Pattern COUNTED = Pattern.compile("^\\s*(\\d{1,5})(?:( {1,4})\\S| *$| {5})");

  private static final Pattern NO_HOP =
      Pattern.compile("^\\s*\\d{1,5} {1,4}(?:\\S*[$#%>] |interface: |\\[)");

  private static final Pattern INDENTED = Pattern.compile("^(?: {4}|\\t)");

  /** Shorter texts may begin so by themselves. */
  private static final int SOME = 3;

  private static final int DEEPEST = 8;

  /** Whoever sends more did not quote it. */
  private static final int LONGEST = 1 << 18;

  private Quoting() {}

  /** The text without them; as it is when a line has none. */
  static String removed(String text) {
    String bare = unescaped(text);
    for (int depth = 0; depth < DEEPEST && text.length() <= LONGEST; depth++) {
      List<String> lines = bare.lines().toList();
      List<String> written = lines.stream().filter(it -> !it.isBlank()).toList();
      Pattern before =
          quoted(written)
              ? QUOTED
              : numbered(written)
                  ? NUMBERED
                  : counted(lines) ? withBlanks(lines) : indented(written) ? INDENTED : null;
      if (before == null) {
        return bare;
      }
      StringBuilder without = new StringBuilder();
      lines.forEach(it -> without.append(before.matcher(it).replaceFirst("")).append('\n'));
      bare = without.toString();
    }
    return bare;
  }

  private static String unescaped(String text) {
    return !text.contains("&gt;") && !text.contains("&lt;") && !text.contains("&amp;")
        ? text
        : text.replace("&gt;", ">")
            .replace("&lt;", "<")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
  }

  /** Between quoted lines a few may say who wrote them. */
  private static boolean quoted(List<String> lines) {
    long quoted = lines.stream().filter(it -> QUOTED.matcher(it).find()).count();
    return quoted >= SOME && quoted * 4 >= lines.size() * 3L;
  }

  /** Four blanks make a block of code; what commands indent stands below something else. */
  private static boolean indented(List<String> lines) {
    return lines.size() >= SOME && lines.stream().allMatch(it -> INDENTED.matcher(it).find());
  }

  /** The number with as many blanks as stand behind each: more of them are the text's own. */
  private static Pattern withBlanks(List<String> lines) {
    int least =
        lines.stream()
            .map(COUNTED::matcher)
            .filter(it -> it.find() && it.group(2) != null)
            .mapToInt(it -> it.group(2).length())
            .min()
            .orElse(1);
    return Pattern.compile("^\\s*\\d{1,5} {0," + least + "}");
  }

  private static boolean counted(List<String> lines) {
    int before = -1;
    for (String line : lines) {
      Matcher number = COUNTED.matcher(line);
      if (!number.find() || (before >= 0 && Integer.parseInt(number.group(1)) != before + 1)) {
        return false;
      }
      before = Integer.parseInt(number.group(1));
    }
    return lines.size() >= SOME && lines.stream().anyMatch(it -> NO_HOP.matcher(it).find());
  }

  private static boolean numbered(List<String> lines) {
    int before = -1;
    for (String line : lines) {
      Matcher number = NUMBERED.matcher(line);
      if (!number.find() || (before >= 0 && Integer.parseInt(number.group(1)) <= before)) {
        return false;
      }
      before = Integer.parseInt(number.group(1));
    }
    return lines.size() >= SOME;
  }
}
