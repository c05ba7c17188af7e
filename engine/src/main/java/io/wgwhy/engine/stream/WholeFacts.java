package io.wgwhy.engine.stream;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgPeer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is missing in a fact that was read: Jackson leaves null where JSON says nothing, also
 * in components that are not nullable. Rules rely on those.
 */
final class WholeFacts {
  /** The year 3000, as parsers have it: a clock beyond it is no clock. */
  private static final long LATEST = 32_503_680_000_000L;

  private static final Map<Class<?>, List<Method>> NOT_NULL = new ConcurrentHashMap<>();

  private WholeFacts() {}

  static void check(Fact fact) throws Refused {
    if (!(fact instanceof WgPeer peer) || !isWhole(peer)) {
      require(fact);
    }
    requireTime(fact);
    if (fact.host().isBlank()) {
      throw new Refused(Refusal.NO_HOST, "not a fact: host is empty");
    }
  }

  /** All that may be missing of one that is like one that was whole. */
  static void requireTime(Fact fact) throws Refused {
    if (fact.at() <= 0 || fact.at() > LATEST) {
      throw new Refused(Refusal.NO_TIME, "not a fact: at is no time");
    }
  }

  /**
   * What {@link #require} finds, at once: nine of ten facts are peers. It names what is missing.
   */
  @SuppressWarnings("ConstantValue") // Jackson leaves null where there should be none.
  private static boolean isWhole(WgPeer it) {
    return it.host() != null
        && it.iface() != null
        && it.presharedKey() != null
        && it.presharedKey().present() != null
        && it.hasEndpoint() != null
        && (it.endpoint() == null || it.endpoint().address() != null)
        && (it.allowedIps() == null || !hasNull(it.allowedIps()));
  }

  private static boolean hasNull(List<String> texts) {
    for (String text : texts) {
      if (text == null) {
        return true;
      }
    }
    return false;
  }

  private static void require(Object part) throws Refused {
    if (part instanceof Record) {
      for (Method component : notNull(part.getClass())) {
        Object value = value(part, component);
        if (value == null) {
          throw new Refused(
              Refusal.INCOMPLETE, "not a fact: " + component.getName() + " is missing");
        }
        require(value);
      }
    } else if (part instanceof Collection<?> elements) {
      for (Object element : elements) {
        if (element == null) {
          throw new Refused(Refusal.INCOMPLETE, "not a fact: null in a list");
        }
        require(element);
      }
    } else if (part instanceof Map<?, ?> entries) {
      require(entries.values());
    }
  }

  /** The components that refer to something and must not be null; found once for each type. */
  private static List<Method> notNull(Class<?> type) {
    return NOT_NULL.computeIfAbsent(
        type,
        record -> {
          var found = new ArrayList<Method>();
          for (RecordComponent component : record.getRecordComponents()) {
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (!nullable && !component.getType().isPrimitive()) {
              component.getAccessor().setAccessible(true);
              found.add(component.getAccessor());
            }
          }
          return List.copyOf(found);
        });
  }

  private static @Nullable Object value(Object record, Method component) {
    try {
      return component.invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("A component of a fact cannot be read", e);
    }
  }
}
