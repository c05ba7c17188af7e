package io.wgwhy.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class CausesTest {
  private final IOException inner = new IOException("disk full");
  private final Exception outer = new IllegalStateException(new UncheckedIOException(inner));

  @Test
  void what_happened_is_found_behind_what_was_being_done() {
    assertThat(Causes.of(outer)).hasSize(3).last().isSameAs(inner);
    assertThat(Causes.find(outer, IOException.class)).containsSame(inner);
    assertThat(Causes.has(outer, IllegalStateException.class)).isTrue();
  }

  @Test
  void what_did_not_happen_is_not() {
    assertThat(Causes.find(outer, InterruptedException.class)).isEmpty();
    assertThat(Causes.has(inner, IllegalStateException.class)).isFalse();
  }
}
