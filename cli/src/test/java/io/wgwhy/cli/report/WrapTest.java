package io.wgwhy.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrapTest {

  @Test
  void lines_break_between_words() {
    assertThat(Wrap.lines("one two three four", 9)).containsExactly("one two", "three", "four");
  }

  @Test
  void a_word_longer_than_a_line_is_broken() {
    assertThat(Wrap.lines("a abcdefghij b", 4)).containsExactly("a", "abcd", "efgh", "ij b");
  }

  @Test
  void blanks_and_line_ends_count_as_one_blank() {
    assertThat(Wrap.lines("  one \n  two\t", 80)).containsExactly("one two");
  }

  @Test
  void characters_beyond_sixteen_bits_are_not_torn() {
    assertThat(Wrap.lines("😀😀😀", 2)).containsExactly("😀😀", "😀");
  }
}
