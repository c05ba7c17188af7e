package io.wgwhy.engine.session;

import static io.wgwhy.facts.Ruleset.Action.ACCEPT;
import static io.wgwhy.facts.Ruleset.Action.DROP;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Chain;
import io.wgwhy.facts.Ruleset.Hook;
import io.wgwhy.facts.Ruleset.Tool;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of iptables, which shows a table at a time, all that was shown counts. */
class PartsOfRulesetsTest {
  private static final Chain FILTER = Rules.of("filter", Hook.INPUT, DROP);
  private static final Chain OPEN = Rules.of("filter", Hook.INPUT, ACCEPT);
  private static final Chain NAT = Rules.of("nat", Hook.POSTROUTING, ACCEPT);

  private final Memory memory = new Memory();

  @Test
  void one_table_does_not_take_the_place_of_another() {
    memory.accept(part(1, FILTER));
    memory.accept(part(2, NAT));

    assertThat(rulesets()).containsExactly(part(2, NAT), part(1, FILTER));
  }

  @Test
  void nor_when_both_were_shown_in_one_moment_whichever_comes_first() {
    memory.accept(part(1, NAT));
    memory.accept(part(1, FILTER));
    List<Ruleset> one = rulesets();
    memory.forget("srv");
    memory.accept(part(1, FILTER));
    memory.accept(part(1, NAT));

    assertThat(rulesets()).isEqualTo(one).hasSize(2);
  }

  @Test
  void the_same_table_does() {
    memory.accept(part(1, FILTER));
    memory.accept(part(2, NAT));
    memory.accept(part(3, OPEN));

    assertThat(rulesets()).containsExactly(part(3, OPEN), part(2, NAT));
  }

  @Test
  void a_whole_view_takes_the_place_of_all() {
    memory.accept(part(1, FILTER));
    memory.accept(part(2, NAT));
    Ruleset whole = new Ruleset("srv", 3_000, Tool.IPTABLES, Answer.YES, List.of(OPEN));
    memory.accept(whole);

    assertThat(rulesets()).containsExactly(whole);
  }

  @Test
  void of_a_whole_view_the_tables_stand_that_no_part_showed_later() {
    memory.accept(new Ruleset("srv", 1_000, Tool.IPTABLES, Answer.YES, List.of(FILTER, NAT)));
    memory.accept(part(2, OPEN));

    assertThat(rulesets())
        .containsExactly(
            part(2, OPEN), new Ruleset("srv", 1_000, Tool.IPTABLES, Answer.YES, List.of(NAT)));
  }

  @Test
  void a_table_of_nft_may_have_been_deleted() {
    memory.accept(new Ruleset("srv", 1_000, Tool.NFT, Answer.NO, List.of(FILTER)));
    Ruleset later = new Ruleset("srv", 2_000, Tool.NFT, Answer.NO, List.of(NAT));
    memory.accept(later);

    assertThat(rulesets()).containsExactly(later);
  }

  private static Ruleset part(int second, Chain chain) {
    return new Ruleset("srv", second * 1000L, Tool.IPTABLES, Answer.NO, List.of(chain));
  }

  private List<Ruleset> rulesets() {
    return memory.host("srv").rulesets();
  }
}
