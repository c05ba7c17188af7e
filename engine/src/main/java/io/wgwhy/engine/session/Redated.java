package io.wgwhy.engine.session;

import io.wgwhy.facts.Fact;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;

/** A fact as if it had been said at another time. */
final class Redated {
  private Redated() {}

  static Fact at(Fact fact, long at) {
    RecordComponent[] components = fact.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        boolean isTime = components[i].getName().equals("at");
        values[i] = isTime ? at : components[i].getAccessor().invoke(fact);
      }
      Constructor<? extends Fact> constructor = fact.getClass().getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A fact is no public record", e);
    }
  }
}
