package io.wgwhy.connectors.collect.wg;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Logs that begin with their last line, as the panels of NAS systems and of containers export them.
 *
 * <pre>
 * 2026-02-19 03:02:11  stdout  [#] ip link delete dev wg0
 * 2026-02-19 03:02:11  stdout  RTNETLINK answers: Operation not supported
 * 2026-02-19 03:02:10  stdout  [#] ip link add wg0 type wireguard
 * </pre>
 */
final class NewestFirst {
  private static final Pattern TIME =
      Pattern.compile(
          "^\\W{0,3}(\\d{4}[-/]\\d\\d[-/]\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)(?:[.,](\\d{1,9}))?");

  private NewestFirst() {}

  /** The lines in the order in which they were written, where their times tell it. */
  static List<String> turned(List<String> lines) {
    String before = null;
    boolean falls = false;
    for (String line : lines) {
      Matcher time = TIME.matcher(line);
      if (!time.find()) {
        continue;
      }
      String at = time.group(1) + time.group(2) + (time.group(3) == null ? "" : time.group(3));
      int order = before == null || before.length() != at.length() ? 0 : at.compareTo(before);
      if (order > 0) {
        return lines;
      }
      falls |= order < 0;
      before = at;
    }
    if (!falls) {
      return lines;
    }
    List<String> turned = new ArrayList<>(lines);
    Collections.reverse(turned);
    return turned;
  }
}
