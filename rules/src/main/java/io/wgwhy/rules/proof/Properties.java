package io.wgwhy.rules.proof;

import io.wgwhy.rules.proof.Proof.Actual;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a fact says for the names in a condition: {@code arrived.passed == Answer.NO}. */
final class Properties {
  /** A path of properties or a binding; not a constant, a call, or part of a text. */
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w.$\"])(\\$\\w+|[a-z]\\w*(?:\\.[a-z]\\w*)*)(?![\\w(\"])");

  /** Properties that say which fact is meant, not how it is. */
  private static final Set<String> SAY_WHICH = Set.of("id", "tunnel", "host", "iface");

  /** What can be read of a fact; null in it stands for a property that the fact does not have. */
  private record Read(boolean exists, @Nullable Object value) {
    static final Read NOTHING = new Read(false, null);
  }

  private Properties() {}

  /** The names that stand in a condition, in their order. */
  static Set<String> names(String wanted) {
    Set<String> names = new LinkedHashSet<>();
    Matcher name = NAME.matcher(wanted);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }

  /** The names that are properties of the class, besides those that say which fact is meant. */
  static Set<String> readable(Class<?> kind, String wanted) {
    Set<String> names = new LinkedHashSet<>();
    for (String name : names(wanted)) {
      Class<?> type = type(kind, name);
      if (type != null && !SAY_WHICH.contains(name) && !NearestMiss.TELL_APART.contains(type)) {
        names.add(name);
      }
    }
    return names;
  }

  private static @Nullable Class<?> type(Class<?> kind, String path) {
    Class<?> type = kind;
    for (String property : path.split("\\.")) {
      Method accessor = type == null ? null : accessor(type, property);
      type = accessor == null ? null : accessor.getReturnType();
    }
    return type;
  }

  /** What the fact says for each property that is named. */
  static List<Actual> of(Object fact, String wanted) {
    List<Actual> all = new ArrayList<>();
    for (String name : names(wanted)) {
      Read read = name.startsWith("$") ? Read.NOTHING : read(fact, name);
      if (read.exists()) {
        all.add(new Actual(name, read.value()));
      }
    }
    return all;
  }

  private static Read read(Object fact, String path) {
    Object value = fact;
    for (String property : path.split("\\.")) {
      if (value == null) {
        return new Read(true, null);
      }
      Method accessor = accessor(value.getClass(), property);
      if (accessor == null) {
        return Read.NOTHING;
      }
      try {
        value = accessor.invoke(value);
      } catch (ReflectiveOperationException notReadable) {
        return Read.NOTHING;
      }
    }
    return new Read(true, value);
  }

  private static @Nullable Method accessor(Class<?> kind, String property) {
    try {
      Method accessor = kind.getMethod(property);
      return Modifier.isPublic(kind.getModifiers()) && accessor.getReturnType() != void.class
          ? accessor
          : null;
    } catch (NoSuchMethodException none) {
      return null;
    }
  }
}
