package io.wgwhy.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.agent.Collector;
import io.wgwhy.connectors.collect.agent.Seen;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeepingTest {
  private final List<Observation> kept = new ArrayList<>();
  private final List<Seen> published = new ArrayList<>();
  private final AtomicInteger lost = new AtomicInteger();

  @Test
  void a_full_disk_ends_the_recording_and_nothing_else() {
    Keeping keeping = new Keeping(this::keepTwo, lost::incrementAndGet);
    Collector.Sink both = Collector.Sink.both(keeping, published::add);
    for (int i = 0; i < 5; i++) {
      both.seen(seen(i));
    }
    assertThat(published).hasSize(5);
    assertThat(kept).hasSize(2);
    assertThat(lost).as("told").hasValue(1);
    assertThat(keeping.isOver()).isTrue();
  }

  @Test
  void a_disk_with_room_keeps_all() {
    Keeping keeping = new Keeping(kept::add, lost::incrementAndGet);
    keeping.seen(seen(1));
    assertThat(kept).hasSize(1);
    assertThat(lost).hasValue(0);
    assertThat(keeping.isOver()).isFalse();
  }

  private void keepTwo(Observation it) {
    if (kept.size() == 2) {
      throw new UncheckedIOException(new IOException("No space left on device"));
    }
    kept.add(it);
  }

  private static Seen seen(double at) {
    Observation it = new Observation(at, "srv", "wg show", 0, "", null, null, null);
    return new Seen(it, new Parsers(Secrets.withoutTenantKey()).parse(it));
  }
}
