package io.wgwhy.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixesTest {
  @Test
  void a_prefix_holds_its_addresses_even_with_host_bits_set() {
    assertThat(Prefixes.holds("10.66.66.1/24", "10.66.66.200")).isTrue();
    assertThat(Prefixes.holds("10.66.66.1/24", "10.66.67.1")).isFalse();
    assertThat(Prefixes.holds("10.66.66.1", "10.66.66.1")).isTrue();
    assertThat(Prefixes.holds("0.0.0.0/0", "10.66.66.1")).isTrue();
  }

  @Test
  void the_families_hold_nothing_of_one_another() {
    assertThat(Prefixes.holds("0.0.0.0/0", "2001:db8::1")).isFalse();
    assertThat(Prefixes.holds("::/0", "10.0.0.1")).isFalse();
  }

  @Test
  void a_range_holds_what_lies_between_its_ends() {
    assertThat(Prefixes.holds("10.0.0.5-10.0.0.9", "10.0.0.5")).isTrue();
    assertThat(Prefixes.holds("10.0.0.5-10.0.0.9", "10.0.0.9")).isTrue();
    assertThat(Prefixes.holds("10.0.0.5-10.0.0.9", "10.0.0.10")).isFalse();
    assertThat(Prefixes.holds("10.0.0.5-x", "10.0.0.10")).isNull();
    assertThat(Prefixes.holds("10.0.0.5-10.0.0.9", "2001:db8::1")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "10",
        "51820",
        "*",
        "10.0.0.*",
        "10.0.1-5.1",
        "vpn.example.org",
        "77.18.XXX.XXX",
        "a.b.c.d",
        "(none)",
        "@friends",
        "/24",
        "10.0.0.1/33",
        "256.1.1.1"
      })
  void what_is_no_address_is_unknown_never_an_answer(String text) {
    assertThat(Prefixes.isAddress(text)).isFalse();
    assertThat(Prefixes.holds(text, "10.0.0.1")).isNull();
    assertThat(Prefixes.holds("10.0.0.0/8", text)).isNull();
    assertThat(Prefixes.isPrivateUse(text)).isEqualTo(Answer.UNKNOWN);
    assertThat(Prefixes.anyHolds(List.of("10.0.0.0/8"), text)).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void an_absurd_length_is_none() {
    assertThat(Prefixes.holds("10.14.0.0/244294967296", "10.14.0.1")).isNull();
    assertThat(Prefixes.longestMatch(List.of("10.14.0.0/244294967296"), "10.14.0.1")).isEqualTo(-1);
  }

  @Test
  void the_longest_match_counts() {
    List<String> prefixes = List.of("0.0.0.0/0", "10.0.0.0/8", "nonsense", "10.66.66.0/24");
    assertThat(Prefixes.longestMatch(prefixes, "10.66.66.2")).isEqualTo(24);
    assertThat(Prefixes.longestMatch(prefixes, "192.0.2.1")).isZero();
    assertThat(Prefixes.longestMatch(List.of(), "192.0.2.1")).isEqualTo(-1);
    assertThat(Prefixes.longestMatch(null, "192.0.2.1")).isEqualTo(-1);
  }

  @Test
  void a_list_that_is_not_known_holds_nobody_knows_what() {
    assertThat(Prefixes.anyHolds(null, "10.0.0.1")).isEqualTo(Answer.UNKNOWN);
    assertThat(Prefixes.anyHolds(List.of(), "10.0.0.1")).isEqualTo(Answer.NO);
  }

  @Test
  void one_address_has_several_spellings() {
    assertThat(Prefixes.same("2001:db8:0:0::1", "2001:DB8::1")).isTrue();
    assertThat(Prefixes.same("10.0.0.1/24", "10.0.0.1")).isTrue();
    assertThat(Prefixes.same("10.0.0.1", "10.0.0.2")).isFalse();
    assertThat(Prefixes.same("fe80::1%eth0", "fe80::1")).isTrue();
    assertThat(Prefixes.same("fe80::1/64", "fe80::1%3")).isTrue();
    assertThat(Prefixes.same("fe80::1%eth0", "fe80::2")).isFalse();
    assertThat(Prefixes.same("vpn.example.org", "vpn.example.org")).isTrue();
    assertThat(Prefixes.same(null, null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.1.1",
        "fd00::1",
        "fe80::1"
      })
  void these_no_public_network_routes(String address) {
    assertThat(Prefixes.isPrivateUse(address)).isEqualTo(Answer.YES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"203.0.113.10", "172.32.0.1", "100.128.0.1", "192.169.0.1", "2001:db8::1"})
  void these_are_public(String address) {
    assertThat(Prefixes.isPrivateUse(address)).isEqualTo(Answer.NO);
  }

  @Test
  void networks_overlap_when_one_holds_the_other() {
    assertThat(Prefixes.overlap("10.0.0.0/8", "10.66.66.0/24")).isTrue();
    assertThat(Prefixes.overlap("10.66.66.2/24", "10.0.0.0/8")).isTrue();
    assertThat(Prefixes.overlap("10.66.66.0/24", "10.66.67.0/24")).isFalse();
    assertThat(Prefixes.overlap("::/0", "10.66.67.0/24")).isFalse();
    assertThat(Prefixes.overlap("?", "10.66.67.0/24")).isFalse();
  }

  @Test
  void lengths_of_single_addresses_are_their_bits() {
    assertThat(Arrays.asList("10.0.0.1", "10.0.0.1/24", "2001:db8::1", "?"))
        .extracting(Prefixes::length)
        .containsExactly(32, 24, 128, -1);
  }
}
