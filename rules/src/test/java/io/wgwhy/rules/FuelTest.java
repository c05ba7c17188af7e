package io.wgwhy.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.wgwhy.facts.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kie.api.runtime.KieSession;

/** Packs that lint finds nothing wrong with, and that take too much. */
class FuelTest {
  private static final Path ACME = Path.of("src/test/resources/packs/acme");
  private static final String RULES = "2-path/acme-gateway-is-drained/acme-gateway-is-drained.drl";

  private static RuleBook book(String conditions) {
    Map<String, String> texts = new TreeMap<>(PackFiles.texts(ACME));
    texts.computeIfPresent(
        RULES,
        (name, drl) -> drl.replace("Tunnel( $id : id )", "Tunnel( $id : id )\n" + conditions));
    return Sample.book().and(List.of(CompiledPack.compile("acme", texts)));
  }

  /**
   * One that fires for every combination; one whose join is looked at and never ends in a match.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "FilterVerdict( tunnel == $id ) FilterVerdict( tunnel == $id ) FilterVerdict( tunnel == $id"
            + " )",
        "FilterVerdict( tunnel == $id, $a : host ) FilterVerdict( tunnel == $id, host == $a )"
            + " FilterVerdict( tunnel == $id, host != $a )",
      })
  void a_run_ends_in_the_midst_of_a_join_and_names_the_pack(String conditions) {
    RuleBook book = book(conditions);
    KieSession session = session(book, 120);

    Throwable failure = catchThrowable(() -> book.fire(session, 1));

    assertThat(Fuel.Spent.in(failure)).isNotNull();
    assertThat(Fuel.Spent.in(failure).pack()).isEqualTo("acme");
    assertThat(Fuel.Spent.in(failure)).hasMessageContaining("the pack acme compare too much");
    session.dispose();
  }

  @Test
  void what_asks_for_a_few_is_left_alone_and_so_are_the_built_in_rules() {
    RuleBook book = book("FilterVerdict( tunnel == $id )");
    KieSession session = session(book, 120);
    book.fire(session, 1);
    assertThat(Justification.of(session))
        .anyMatch(it -> it.conclusion().cause().equals("acme-gateway-is-drained"));
    session.dispose();

    RuleBook builtIn = RuleBook.builtIn();
    KieSession another = session(builtIn, 2_000);
    builtIn.fire(another, 0);
    another.dispose();
  }

  @Test
  void the_same_is_said_however_fast_the_machine_is() {
    RuleBook book = book("FilterVerdict( tunnel == $id ) FilterVerdict( tunnel == $id )");
    for (int verdicts : List.of(100, 400)) {
      KieSession session = session(book, verdicts);
      Throwable failure = catchThrowable(() -> book.fire(session, 1));
      assertThat(Fuel.Spent.in(failure) != null).as("%d", verdicts).isEqualTo(verdicts == 400);
      session.dispose();
    }
  }

  private static KieSession session(RuleBook book, int verdicts) {
    KieSession session = book.kieBase().newKieSession();
    session.insert(Sample.tunnel("t1", Answer.YES));
    session.insert(Sample.asksInVain("t1"));
    for (int i = 0; i < verdicts; i++) {
      session.insert(Sample.drops("t1", "chain " + i, "nft"));
    }
    return session;
  }
}
