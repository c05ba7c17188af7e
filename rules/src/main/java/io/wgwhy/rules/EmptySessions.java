package io.wgwhy.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;

/**
 * Drools sessions that nothing is in, for whoever needs one next. To make one, and to fill its
 * memory with tables, takes longer than most of what it is asked.
 */
final class EmptySessions {
  /** As many as threads may need at once; more would be memory for nothing. */
  private static final int MOST = 8;

  private final KieBase kieBase;
  private final Deque<KieSession> empty = new ArrayDeque<>();

  EmptySessions(KieBase kieBase) {
    this.kieBase = kieBase;
  }

  KieBase kieBase() {
    return kieBase;
  }

  KieSession lend() {
    KieSession known = pop();
    return known == null ? kieBase.newKieSession() : known;
  }

  private synchronized @Nullable KieSession pop() {
    return empty.pollLast();
  }

  void giveBack(KieSession session) {
    boolean isEmpty =
        session.getFactCount() == 0 && session.getRuleRuntimeEventListeners().isEmpty();
    if (!isEmpty || !push(session)) {
      session.dispose();
    }
  }

  private synchronized boolean push(KieSession session) {
    if (empty.size() >= MOST) {
      return false;
    }
    empty.addLast(session);
    return true;
  }
}
