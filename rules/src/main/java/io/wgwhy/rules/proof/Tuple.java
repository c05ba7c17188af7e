package io.wgwhy.rules.proof;

import java.util.LinkedHashMap;
import java.util.Map;
import org.drools.model.Variable;
import org.jspecify.annotations.Nullable;

/** What a rule's variables stand for, as far as it is matched. Immutable. */
final class Tuple {
  static final Tuple EMPTY = new Tuple(Map.of());

  private final Map<Variable<?>, @Nullable Object> values;

  private Tuple(Map<Variable<?>, @Nullable Object> values) {
    this.values = values;
  }

  Tuple with(Variable<?> variable, @Nullable Object value) {
    Map<Variable<?>, @Nullable Object> more = new LinkedHashMap<>(values);
    more.put(variable, value);
    return new Tuple(more);
  }

  boolean binds(Variable<?> variable) {
    return values.containsKey(variable);
  }

  @Nullable Object get(Variable<?> variable) {
    return values.get(variable);
  }
}
