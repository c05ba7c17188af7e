package io.wgwhy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.tunnel.Conclusion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/** Who gets a Drools session sees nothing of those who had it before. */
class EmptySessionsTest {
  private final EmptySessions sessions = new EmptySessions(Sample.book().kieBase());

  @Test
  void one_that_was_emptied_is_lent_again_and_works() {
    KieSession session = sessions.lend();
    for (FactHandle it : broken(session)) {
      session.delete(it);
    }
    session.fireAllRules();
    sessions.giveBack(session);

    KieSession again = sessions.lend();
    assertThat(again).isSameAs(session);
    assertThat(Justification.of(again)).isEmpty();
    broken(again);
    assertThat(Justification.of(again)).isNotEmpty();
    again.dispose();
  }

  @Test
  void one_in_which_something_is_left_is_lent_to_nobody() {
    KieSession session = sessions.lend();
    List<FactHandle> all = broken(session);
    all.subList(1, all.size()).forEach(session::delete);
    session.fireAllRules();
    sessions.giveBack(session);

    KieSession next = sessions.lend();
    assertThat(next).isNotSameAs(session);
    assertThat(next.getFactCount()).isZero();
    next.dispose();
  }

  @Test
  void one_that_somebody_listens_to_still_is_lent_to_nobody() {
    KieSession session = sessions.lend();
    session.addEventListener(new DefaultRuleRuntimeEventListener());
    sessions.giveBack(session);
    assertThat(sessions.lend()).isNotSameAs(session);
  }

  @Test
  void those_that_nobody_needs_are_not_kept() {
    List<KieSession> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      many.add(sessions.lend());
    }
    many.forEach(sessions::giveBack);
    assertThat(Sample.book().kieBase().getKieSessions()).hasSizeLessThan(20);
  }

  private static List<FactHandle> broken(KieSession session) {
    List<FactHandle> all = new ArrayList<>();
    all.add(session.insert(Sample.tunnel("t1", Answer.NO)));
    all.add(session.insert(Sample.asksInVain("t1")));
    all.add(session.insert(Sample.path("t1", 5, Answer.NO)));
    session.fireAllRules();
    assertThat(session.getObjects(Conclusion.class::isInstance)).isNotEmpty();
    return all;
  }
}
