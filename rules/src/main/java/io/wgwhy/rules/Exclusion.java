package io.wgwhy.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Two conditions on one fact that it cannot satisfy both. What is not simple is passed over. */
final class Exclusion {
  private static final Pattern SIMPLE =
      Pattern.compile(
          "([a-z][\\w.!]*)(==|!=|<=|>=|<|>)(-?\\d+(?:\\.\\d+)?|\"[^\"]*\"|true|false|null|[A-Z][\\w.]*)");

  private Exclusion() {}

  /** A comparison with a constant. */
  private record Simple(String text, String property, String sign, String value) {
    static @Nullable Simple of(String condition) {
      Matcher it = SIMPLE.matcher(condition);
      return it.matches()
          ? new Simple(condition, it.group(1).replace("!", ""), it.group(2), constant(it.group(3)))
          : null;
    }

    /** Of an enumeration's words the last name is enough. */
    private static String constant(String value) {
      return Character.isUpperCase(value.charAt(0))
          ? value.substring(value.lastIndexOf('.') + 1)
          : value;
    }

    boolean excludes(Simple other) {
      if (!property.equals(other.property)) {
        return false;
      }
      Double own = number();
      Double its = other.number();
      if (own != null && its != null) {
        return below(own, other, its) || other.below(its, this, own) || differs(other, own, its);
      }
      boolean same = value.equals(other.value);
      return sign.equals("==") && (same ? other.sign.equals("!=") : other.sign.equals("=="));
    }

    private boolean differs(Simple other, double own, double its) {
      return own == its
          && ((sign.equals("==") && other.sign.equals("!="))
              || (sign.equals("!=") && other.sign.equals("==")));
    }

    /** Whether all that this allows is below all that the other allows. */
    private boolean below(double own, Simple other, double its) {
      boolean ends = sign.startsWith("<") || sign.equals("==");
      boolean begins = other.sign.startsWith(">") || other.sign.equals("==");
      boolean open = sign.equals("<") || other.sign.equals(">");
      return ends && begins && (own < its || (own == its && open));
    }

    private @Nullable Double number() {
      return value.matches("-?\\d.*") ? Double.valueOf(value) : null;
    }
  }

  /** Whether two cannot both be satisfied. */
  static boolean between(String one, String other) {
    Simple its = Simple.of(one);
    Simple others = Simple.of(other);
    return its != null && others != null && (its.excludes(others) || others.excludes(its));
  }

  /** The first two, in words; empty when there are none. */
  static Optional<String> among(Collection<String> conditions) {
    List<Simple> before = new ArrayList<>();
    for (String condition : conditions) {
      Simple simple = Simple.of(condition);
      if (simple == null) {
        continue;
      }
      for (Simple other : before) {
        if (simple.excludes(other) || other.excludes(simple)) {
          return Optional.of(other.text() + " and " + simple.text());
        }
      }
      before.add(simple);
    }
    return Optional.empty();
  }
}
