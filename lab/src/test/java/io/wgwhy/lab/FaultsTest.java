package io.wgwhy.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsTest {
  static List<Fault> all() {
    return Faults.all();
  }

  @Test
  void each_has_a_name_of_its_own() {
    assertThat(Faults.all()).extracting(Fault::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("all")
  void says_what_is_done_and_what_each_end_can_tell(Fault fault) {
    assertThat(fault.what()).isNotBlank();
    assertThat(fault.truth().explanation()).isNotBlank();
    assertThat(fault.truth().client()).isNotBlank();
    assertThat(fault.truth().server()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("all")
  void is_broken_if_and_only_if_there_is_a_cause(Fault fault) {
    assertThat(fault.name().matches("(healthy|mtu-icmp|.*-ok$).*")).isNotEqualTo(fault.broken());
  }

  @ParameterizedTest
  @MethodSource("all")
  void is_asked_for_something_within_its_recording(Fault fault) {
    assertThat(fault.demands())
        .isSortedAccordingTo(Comparator.comparingDouble(Demand::at))
        .allSatisfy(demand -> assertThat(demand.at()).isLessThan(fault.seconds()));
    assertThat(fault.breaksAt()).isLessThan(fault.seconds() - 20);
  }

  @Test
  void a_name_that_is_none_is_refused() {
    assertThatThrownBy(() -> Faults.named("gremlins"))
        .isInstanceOf(LabException.class)
        .hasMessage("no fault is called gremlins");
  }
}
