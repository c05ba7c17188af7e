package io.wgwhy.rules.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of rules as it is written: package, imports, and rules that have a name, a reason,
 * conditions and a consequence. The parser passes over what it does not understand and says
 * nothing; so what it made of a file is compared with this.
 *
 * @param patterns how many patterns are written in each rule
 * @param end where the file stops being as it should; its length when all of it is
 */
record Skeleton(List<Integer> patterns, int end) {
  private static final Pattern HEAD =
      Pattern.compile(
          "\\s*package\\s+[\\w.]+\\s*;?\\s*(?:import\\s+(?:static\\s+)?[\\w.]+(?:\\*)?\\s*;?\\s*)*");
  private static final Pattern RULE =
      Pattern.compile(
          "rule\\s+(?:@because\\s*\\(\\s*\\)\\s*)?when\\b(.*?)\\bthen\\b.*?\\bend\\b\\s*;?\\s*",
          Pattern.DOTALL);
  private static final Pattern OPENS = Pattern.compile("([A-Za-z_]\\w*)\\s*\\(");
  private static final Set<String> NO_PATTERNS = Set.of("not", "exists", "and", "or", "in");

  /**
   * Reads a file.
   *
   * @param code without its texts and comments
   */
  static Skeleton of(String code) {
    List<Integer> patterns = new ArrayList<>();
    Matcher head = HEAD.matcher(code);
    int end = 0;
    if (head.lookingAt()) {
      end = head.end();
      Matcher rule = RULE.matcher(code).region(end, code.length());
      while (rule.lookingAt()) {
        patterns.add(patternsIn(rule.group(1)));
        end = rule.end();
        rule.region(end, code.length());
      }
    }
    return new Skeleton(patterns, end);
  }

  private static int patternsIn(String conditions) {
    Matcher opens = OPENS.matcher(conditions);
    int count = 0;
    while (opens.find()) {
      count += NO_PATTERNS.contains(opens.group(1)) ? 0 : 1;
    }
    return count;
  }
}
