package io.wgwhy.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Whether memory levels off. */
class SoakedTest {
  private static final Fleet.Shape FLEET = new Fleet.Shape(5, 50, 1, 5, 20, 39, 5, 5);

  @Test
  void what_rises_at_the_beginning_and_then_stays_is_level() {
    assertThat(soaked(look -> 100 + Math.min(look, 30)).isLevel()).isTrue();
  }

  @Test
  void what_goes_on_rising_is_not() {
    assertThat(soaked(look -> 100 + look).isLevel()).isFalse();
  }

  @Test
  void it_is_said_for_people_and_for_a_plot() {
    Soaked soaked = soaked(look -> 100);
    assertThat(soaked.print()).contains("heap after a collection  1.00");
    assertThat(soaked.csv().lines())
        .hasSize(91)
        .startsWith(
            "seconds,heapKib,otherKib,sessions,tenants,made,rememberedKib,openFindings,threads,facts",
            "0,100,50,30,6,7,1000,3,20,0");
  }

  @Test
  void each_look_is_told_in_words() {
    assertThat(soaked(look -> 100).samples().get(1).print())
        .isEqualTo(
            "   20 s: heap 100 KiB, other 50 KiB, 30 sessions, 6 tenants of 7, 1,000 KiB"
                + " remembered, 3 findings open, 20 threads, 1,000 facts");
  }

  @Test
  void two_looks_do_not_tell_that_anything_is_level() {
    assertThat(soaked(2, look -> 100).isLevel()).isFalse();
    assertThat(soaked(3, look -> 100).isLevel()).isTrue();
  }

  private static Soaked soaked(LongUnaryOperator heap) {
    return soaked(90, heap);
  }

  private static Soaked soaked(int looks, LongUnaryOperator heap) {
    List<Soaked.Sample> samples =
        LongStream.range(0, looks)
            .mapToObj(
                it ->
                    new Soaked.Sample(
                        it * 20, heap.applyAsLong(it), 50, 30, 6, 7, 1000, 3, 20, it * 1000))
            .toList();
    return new Soaked(new Soak.Load(1800, 6, 180, 20, FLEET, 2), samples, Measured.Machine.here());
  }
}
