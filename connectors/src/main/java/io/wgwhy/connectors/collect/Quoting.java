package io.wgwhy.connectors.collect;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What mail programs and editors put before every line of a text: {@code > } and line numbers. The
 * lines keep their places.
 */
final class Quoting {
  private static final Pattern QUOTED = Pattern.compile("^\\s{0,3}> ?");

  /** {@code 12 | text}, and what cat -n writes; {@code 1: lo: …} is a command's own. */
  private static final Pattern NUMBERED = Pattern.compile("^\\s*(\\d{1,5})(?: ?[|│] ?|\\t)");

  /** Shorter texts may begin so by themselves. */
  private static final int SOME = 3;

  private static final int DEEPEST = 8;

  /** Whoever sends more did not quote it. */
  private static final int LONGEST = 1 << 18;

  private Quoting() {}

  /** The text without them; as it is when a line has none. */
  static String removed(String text) {
    String bare = text;
    for (int depth = 0; depth < DEEPEST && text.length() <= LONGEST; depth++) {
      List<String> lines = bare.lines().toList();
      List<String> written = lines.stream().filter(it -> !it.isBlank()).toList();
      boolean quoted =
          written.size() >= SOME && written.stream().allMatch(it -> QUOTED.matcher(it).find());
      Pattern before = quoted ? QUOTED : numbered(written) ? NUMBERED : null;
      if (before == null) {
        return bare;
      }
      StringBuilder without = new StringBuilder();
      lines.forEach(it -> without.append(before.matcher(it).replaceFirst("")).append('\n'));
      bare = without.toString();
    }
    return bare;
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
