package io.wgwhy.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.tunnel.Conclusion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.runtime.KieSession;

class FiringTest {
  private final KieSession session = Sample.book().kieBase().newKieSession();

  @AfterEach
  void close() {
    session.dispose();
  }

  @Test
  void rules_that_come_to_rest_are_let_be() {
    down("t1");

    Firing.untilRest(session, 1, 100);

    assertThat(session.getObjects(Conclusion.class::isInstance)).isNotEmpty();
  }

  /** No pack can bring this about by its rules; here each conclusion makes a new fact. */
  @Test
  void rules_that_do_not_are_stopped_and_the_busiest_is_named() {
    session.addEventListener(
        new DefaultRuleRuntimeEventListener() {
          private int more;

          @Override
          public void objectInserted(ObjectInsertedEvent event) {
            if (event.getObject() instanceof Conclusion) {
              down("t" + more++);
            }
          }
        });
    down("t");

    assertThatThrownBy(() -> Firing.untilRest(session, 10, 1000))
        .isInstanceOf(Firing.Restless.class)
        .hasMessageStartingWith("the rules do not come to rest, most of all \"");
  }

  private void down(String id) {
    session.insert(Sample.tunnel(id, Answer.NO));
    session.insert(Sample.asksInVain(id));
  }
}
