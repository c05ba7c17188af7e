package io.wgwhy.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What several patterns of a rule ask of one value: a property that has got a name, and those that
 * are to equal it. What is asked of each of them is asked of all. Whatever is not simple is passed
 * over, and so is what stands under {@code not} and {@code or}: there it need not hold.
 */
final class Joins {
  private static final String PROPERTY = "([a-z][\\w.!]*)";
  private static final String NAME = "(\\$\\w+)";
  private static final Pattern NAMED = Pattern.compile(NAME + ":" + PROPERTY + "(.*)");
  private static final Pattern EQUAL = Pattern.compile(PROPERTY + "(==|!=)" + NAME);
  private static final Pattern EQUAL_TO = Pattern.compile(NAME + "(==|!=)" + PROPERTY);
  private static final Pattern OF_PROPERTY = Pattern.compile(PROPERTY + "([<>=!].*)");
  private static final Pattern OF_NAME = Pattern.compile(NAME + "([<>=!].*)");

  private static final Pattern CONSTANT =
      Pattern.compile("==(-?\\d+|[A-Z]\\w*\\.[\\w.]+|\"[^\"]*\"|true|false)");

  /** Of each value the one that stands for all that are equal to it. */
  private final Map<String, String> equal = new HashMap<>();

  private final Set<String> names = new HashSet<>();
  private final List<Ask> asked = new ArrayList<>();
  private final List<Different> different = new ArrayList<>();

  private Joins() {}

  /**
   * A condition on a value.
   *
   * @param condition without the value itself: {@code ==Answer.YES}
   */
  private record Ask(String value, String condition, String text) {}

  /** Two values that must not be equal. */
  private record Different(String value, String other, String text) {}

  /** The first two conditions of a rule that exclude each other, in words; empty if none do. */
  static Optional<String> exclusion(List<RuleShape.Asked> patterns) {
    Joins joins = new Joins();
    patterns.forEach(joins::name);
    for (int i = 0; i < patterns.size(); i++) {
      RuleShape.Asked pattern = patterns.get(i);
      if (pattern.mustHold()) {
        String of = " of " + pattern.kind();
        for (String condition : pattern.written()) {
          joins.read(condition, i, of);
        }
      }
    }
    return joins.found();
  }

  /** Under {@code exists} a name is known to that pattern alone: what it asks of it is its own. */
  private void name(RuleShape.Asked pattern) {
    if (pattern.under().isEmpty()) {
      for (String condition : pattern.written()) {
        Matcher named = NAMED.matcher(condition);
        if (named.matches()) {
          names.add(named.group(1));
        }
      }
    }
  }

  private void read(String condition, int pattern, String of) {
    Matcher named = NAMED.matcher(condition);
    String asks = condition;
    if (named.matches()) {
      join(value(pattern, named.group(2)), named.group(1));
      asks = named.group(2) + named.group(3);
    }
    Matcher equals = EQUAL.matcher(asks);
    Matcher turned = EQUAL_TO.matcher(asks);
    Matcher ofName = OF_NAME.matcher(asks);
    if (equals.matches()) {
      compare(value(pattern, equals.group(1)), equals.group(2), equals.group(3), asks + of);
    } else if (turned.matches()) {
      compare(value(pattern, turned.group(3)), turned.group(2), turned.group(1), asks + of);
    } else if (ofName.matches() && names.contains(ofName.group(1))) {
      asked.add(new Ask(ofName.group(1), ofName.group(2), asks + of));
    } else {
      Matcher property = OF_PROPERTY.matcher(asks);
      if (property.matches()) {
        asked.add(new Ask(value(pattern, property.group(1)), property.group(2), asks + of));
      }
    }
  }

  private void compare(String value, String sign, String name, String text) {
    if (sign.equals("==")) {
      join(value, name);
    } else if (names.contains(name)) {
      different.add(new Different(value, name, text));
    }
  }

  private static String value(int pattern, String property) {
    return pattern + "." + property.replace("!", "");
  }

  private void join(String value, String name) {
    String of = root(value);
    String its = root(name);
    if (names.contains(name) && !of.equals(its)) {
      equal.put(of, its);
    }
  }

  private String root(String value) {
    String up = equal.get(value);
    return up == null ? value : root(up);
  }

  private Optional<String> found() {
    Map<String, List<Ask>> byValue = new LinkedHashMap<>();
    asked.forEach(
        it -> byValue.computeIfAbsent(root(it.value()), any -> new ArrayList<>()).add(it));
    for (List<Ask> all : byValue.values()) {
      for (int i = 1; i < all.size(); i++) {
        for (Ask before : all.subList(0, i)) {
          if (Exclusion.between("it" + before.condition(), "it" + all.get(i).condition())) {
            return Optional.of(before.text() + " and " + all.get(i).text());
          }
        }
      }
    }
    for (Different it : different) {
      Ask one = constant(byValue.get(root(it.value())));
      Ask other = constant(byValue.get(root(it.other())));
      if (one != null && other != null && one.condition().equals(other.condition())) {
        return Optional.of(it.text() + " and " + one.text() + " and " + other.text());
      }
    }
    return Optional.empty();
  }

  /** What says what a value must be; null when nothing does. */
  private static @Nullable Ask constant(@Nullable List<Ask> all) {
    return all == null
        ? null
        : all.stream()
            .filter(it -> CONSTANT.matcher(it.condition()).matches())
            .findFirst()
            .orElse(null);
  }
}
