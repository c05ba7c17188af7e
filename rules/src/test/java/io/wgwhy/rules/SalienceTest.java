package io.wgwhy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SalienceTest {

  @Test
  void the_first_cause_is_highest_and_the_vocabulary_is_above_all() {
    assertThat(
            new int[] {
              Salience.of(9, 999, 3),
              Salience.of(2, 51, 0),
              Salience.of(2, 50, 7),
              Salience.of(2, 50, 0),
              Salience.of(1, 999, 999),
              Salience.of(0, 0, 0),
              Salience.VOCABULARY
            })
        .isSorted();
  }

  @Test
  void the_last_band_fits_in_an_int() {
    assertThat(Salience.of(99, 999, 5000)).isNegative();
  }

  @Test
  void each_rule_gets_its_salience_and_stays_on_its_line() {
    String drl =
        """
        // rule "not this" when then end
        rule "when it rains"
          @because( "when \\"then\\" end" ) /* when */
        when
          A( when == 'then' ) // then
        then
          insert( "end" );
        end
        rule always then x(); end
        query q() A() end
        """;

    assertThat(Salience.written(-7, drl))
        .isEqualTo(
            drl.replace("\nwhen\n", "\nsalience -7 when\n")
                .replace("always then", "always salience -7 then"));
  }
}
