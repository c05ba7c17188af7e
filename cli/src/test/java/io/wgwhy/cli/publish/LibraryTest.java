package io.wgwhy.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.pack.PublishedPack;
import io.wgwhy.rules.CompiledPack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LibraryTest {
  private static final String CAUSE = "mtu-too-large";

  private final List<String> refused = new ArrayList<>();
  private final Library library =
      new Library((pack, inForce, why) -> refused.add(pack.number() + ", goes on: " + inForce));

  @Test
  void after_a_restart_the_newest_version_goes_on_that_can_be_used() {
    PublishedPack good = good(1, "so");
    PublishedPack better = good(2, "or so");
    PublishedPack bad = version(4, "x", "nobody: nothing");
    library.prepare(
        Map.of("acme", bad), any -> List.of(version(3, "x", "nobody: nothing"), better, good));

    assertThat(reason(library.of(Map.of("acme", bad)))).isEqualTo("or so");
    assertThat(refused).containsExactly("4, goes on: 2");
    assertThat(library.inForce("acme")).isEqualTo(better);
  }

  @Test
  void what_is_in_use_already_goes_on() {
    PublishedPack good = good(2, "so");
    library.prepare(Map.of("acme", good), any -> List.of());
    library.of(Map.of("acme", good));
    PublishedPack bad = version(3, "x", "nobody: nothing");

    library.prepare(Map.of("acme", bad), any -> List.of(good(1, "long ago")));

    assertThat(reason(library.of(Map.of("acme", bad)))).isEqualTo("so");
    assertThat(refused).containsExactly("3, goes on: 2");
  }

  @Test
  void without_one_that_can_be_used_nothing_of_it_applies() {
    PublishedPack bad = version(1, "x", "nobody: nothing");

    library.prepare(Map.of("acme", bad), any -> List.of());

    assertThat(reason(library.of(Map.of("acme", bad)))).isNull();
    assertThat(refused).containsExactly("1, goes on: null");
  }

  @Test
  void the_next_version_takes_its_place() {
    PublishedPack bad = version(2, "x", "nobody: nothing");
    library.prepare(Map.of("acme", bad), any -> List.of(good(1, "so")));
    library.of(Map.of("acme", bad));
    PublishedPack mended = good(3, "mended");

    library.prepare(Map.of("acme", mended), any -> List.of(bad, good(1, "so")));

    assertThat(reason(library.of(Map.of("acme", mended)))).isEqualTo("mended");
  }

  /** Why the cause is switched off; null when it is not. */
  private static @Nullable String reason(Books books) {
    var cause = books.of("any").cause(CAUSE);
    return cause == null ? null : cause.disabled();
  }

  private static PublishedPack good(int number, String reason) {
    String overlay = CAUSE + ": {disable: true, reason: " + reason + "}\n";
    String version = CompiledPack.compile("acme", Map.of("overlay.yaml", overlay)).version();
    return version(number, version, overlay);
  }

  private static PublishedPack version(int number, String version, String overlay) {
    return new PublishedPack(
        "acme",
        null,
        number,
        version,
        "ann",
        Instant.EPOCH,
        "so",
        null,
        Map.of("overlay.yaml", overlay));
  }
}
