package io.wgwhy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.tunnel.HandshakePath;
import io.wgwhy.rules.proof.Prover;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GlossaryTest {
  private final Glossary glossary = Glossary.read();

  @Test
  void whatever_a_rule_asks_has_its_words() {
    TreeSet<String> without = new TreeSet<>();
    for (Prover.Asked asked : RuleBook.builtIn().prover().asked()) {
      asked.properties().stream()
          .filter(it -> !glossary.knows(asked.kind(), it))
          .forEach(it -> without.add(asked.kind().getSimpleName() + "." + it));
    }
    assertThat(without).isEmpty();
  }

  @Test
  void what_a_property_says_and_the_observation_that_shows_it() {
    assertThat(glossary.about(HandshakePath.class)).isEqualTo("how far the handshake gets");
    assertThat(glossary.is(HandshakePath.class, "arrived.passed"))
        .isEqualTo("initiations arrived at the responder's network interface");
    assertThat(
            glossary.look(
                HandshakePath.class,
                "arrived.passed",
                Map.of("responder", Map.of("host", "srv"), "port", 51820)))
        .satisfies(
            it -> {
              assertThat(it.on()).isEqualTo("srv");
              assertThat(it.run()).isEqualTo("sudo timeout 30 tcpdump -n -i any udp port 51820");
            });
  }

  @Test
  void what_nobody_wrote_down_is_said_with_its_own_name() {
    assertThat(glossary.about(List.class)).isEqualTo("list");
    assertThat(glossary.is(HandshakePath.class, "someThing.new")).isEqualTo("some thing new");
    assertThat(glossary.look(List.class, Map.of())).isNull();
  }
}
