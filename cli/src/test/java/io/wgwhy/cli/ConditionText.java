package io.wgwhy.cli;

import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a condition as a person would, from its text alone: {@code arrived.passed != Answer.NO}.
 * Made for checking the explainer, and knows nothing of Drools.
 */
final class ConditionText {
  private static final Pattern ONE = Pattern.compile("([\\w.$]+) (==|!=|>=|<=|>|<) (.+)");

  private static final Pattern SUM = Pattern.compile("([\\w.$]+) \\+ (\\d+)");

  private ConditionText() {}

  static boolean holds(String text, Object fact, Map<String, Object> variables) {
    String bare = text.strip();
    if (parts(bare, "||").length > 1) {
      return any(parts(bare, "||"), it -> holds(it, fact, variables));
    }
    if (parts(bare, "&&").length > 1) {
      return !any(parts(bare, "&&"), it -> !holds(it, fact, variables));
    }
    if (bare.startsWith("(") && bare.endsWith(")")) {
      return holds(bare.substring(1, bare.length() - 1), fact, variables);
    }
    Matcher one = ONE.matcher(bare);
    if (!one.matches()) {
      throw new IllegalArgumentException("not understood: " + text);
    }
    Object left = read(one.group(1), fact, variables);
    Object right = read(one.group(3), fact, variables);
    boolean same = Objects.equals(word(left), word(right));
    return switch (one.group(2)) {
      case "==" -> same;
      case "!=" -> !same;
      default ->
          left != null && right != null && compares(number(left), one.group(2), number(right));
    };
  }

  private static boolean any(String[] parts, Predicate<String> asked) {
    return Stream.of(parts).anyMatch(asked);
  }

  /** Splits where no bracket is open. */
  private static String[] parts(String text, String sign) {
    StringBuilder marked = new StringBuilder();
    int open = 0;
    for (int i = 0; i < text.length(); i++) {
      open += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      boolean here = open == 0 && text.startsWith(sign, i);
      marked.append(here ? "\n" : text.substring(i, i + 1));
      i += here ? sign.length() - 1 : 0;
    }
    return marked.toString().split("\n");
  }

  private static boolean compares(long left, String sign, long right) {
    return switch (sign) {
      case ">" -> left > right;
      case ">=" -> left >= right;
      case "<" -> left < right;
      default -> left <= right;
    };
  }

  private static Object read(String name, Object fact, Map<String, Object> variables) {
    Matcher sum = SUM.matcher(name);
    if (sum.matches()) {
      Object first = read(sum.group(1), fact, variables);
      return first == null ? null : number(first) + Long.parseLong(sum.group(2));
    }
    if (name.equals("null")) {
      return null;
    }
    if (name.startsWith("$")) {
      return variables.get(name);
    }
    if (name.startsWith("\"") || name.matches("[\\d-].*|true|false") || name.matches("[A-Z].*")) {
      return name;
    }
    Object value = fact;
    for (String property : name.split("\\.")) {
      try {
        value = value == null ? null : value.getClass().getMethod(property).invoke(value);
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException(name + " of " + fact, e);
      }
    }
    return value;
  }

  /** {@code Answer.NO} and the constant itself, {@code "x"} and the text itself, are the same. */
  private static String word(Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    String text = value.toString();
    return text.startsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text.replaceFirst("^(?:[A-Z]\\w*\\.)+(?=[A-Z_]+$)", "");
  }

  private static long number(Object value) {
    return Long.parseLong(value.toString());
  }
}
