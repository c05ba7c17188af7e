package io.wgwhy.rules.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.drools.core.common.ReteEvaluator;
import org.kie.api.runtime.KieSession;

/** Where a rule's patterns look. */
@FunctionalInterface
public interface Facts {

  /** All facts of a class that the session holds now, in an order that does not change. */
  List<Object> of(Class<?> kind);

  /**
   * What a session holds now: what was put in and what its rules concluded. To be asked before the
   * session changes.
   */
  static Facts in(KieSession session) {
    Map<Class<?>, List<Object>> read = new HashMap<>();
    return kind ->
        read.computeIfAbsent(
            kind,
            it -> {
              List<Object> all = new ArrayList<>();
              ((ReteEvaluator) session)
                  .getDefaultEntryPoint()
                  .getObjectStore()
                  .iterateFactHandles(it)
                  .forEachRemaining(handle -> all.add(handle.getObject()));
              all.sort(Comparator.comparing(Object::toString));
              return List.copyOf(all);
            });
  }
}
