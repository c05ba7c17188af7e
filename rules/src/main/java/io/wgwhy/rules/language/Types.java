package io.wgwhy.rules.language;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which values may be compared with which. Null stands for a type that is not known. */
final class Types {
  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          int.class, Integer.class,
          long.class, Long.class,
          double.class, Double.class,
          float.class, Float.class,
          short.class, Short.class,
          byte.class, Byte.class,
          char.class, Character.class,
          boolean.class, Boolean.class);

  private Types() {}

  static Class<?> boxed(Class<?> type) {
    return BOXES.getOrDefault(type, type);
  }

  static boolean mayBeNumber(@Nullable Class<?> type) {
    return type == null || Number.class.isAssignableFrom(type);
  }

  /** What is wrong with a comparison; null when nothing is. */
  static @Nullable String wrong(
      @Nullable Class<?> left, String sign, @Nullable Class<?> right, boolean withNull) {
    switch (sign) {
      case "<", "<=", ">", ">=" -> {
        return mayBeNumber(left) && mayBeNumber(right) && !withNull
            ? null
            : sign + " compares numbers, not " + name(left) + " with " + name(right);
      }
      case "contains", "not contains" -> {
        return left == null || Collection.class.isAssignableFrom(left)
            ? null
            : sign + " asks a list, not " + name(left);
      }
      case "memberOf", "not memberOf" -> {
        return right == null || Collection.class.isAssignableFrom(right)
            ? null
            : sign + " asks a list, not " + name(right);
      }
      default -> {
        boolean fits =
            left == null
                || right == null
                || left == right
                || (mayBeNumber(left) && mayBeNumber(right));
        return fits
            ? null
            : "can never be: " + name(left) + " " + sign + " " + name(right) + cure(left, right);
      }
    }
  }

  private static String cure(@Nullable Class<?> left, @Nullable Class<?> right) {
    Class<?> text = left == String.class ? left : right;
    Class<?> other = left == String.class ? right : left;
    if (text != String.class || other == null) {
      return "";
    }
    if (Number.class.isAssignableFrom(other)) {
      return "; write a number, without quotes";
    }
    return other.isEnum()
        ? "; write one of its words, without quotes: "
            + other.getSimpleName()
            + "."
            + other.getEnumConstants()[0]
        : "; write what " + name(other) + " can be, without quotes";
  }

  private static String name(@Nullable Class<?> type) {
    return type == null ? "null" : type.getSimpleName();
  }
}
