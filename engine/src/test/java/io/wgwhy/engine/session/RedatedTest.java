package io.wgwhy.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Fact;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedatedTest {
  @Test
  void a_fact_says_the_same_at_another_time() {
    List<Fact> facts = new ArrayList<>(Lab.setUp());
    facts.addAll(Lab.asksInVain(10));
    assertThat(facts).isNotEmpty();
    for (Fact fact : facts) {
      Fact other = Redated.at(fact, 17);
      assertThat(other.at()).isEqualTo(17);
      assertThat(other.identity()).isEqualTo(fact.identity());
      assertThat(Redated.at(other, fact.at())).isEqualTo(fact);
    }
  }
}
