package io.wgwhy.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.pack.PublishedPack;
import io.wgwhy.rules.CompiledPack;
import io.wgwhy.rules.PackFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LibraryTest {
  private static final String CAUSE = "mtu-too-large";
  private static final Map<String, String> DRAINED =
      PackFiles.texts(Path.of("../rules/src/test/resources/packs/acme"));

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

  /** A pack of all tenants has the cause that the tenant's pack has. */
  @Test
  void after_a_restart_one_that_clashes_makes_room_for_the_newest_that_does_not() {
    Map<String, PublishedPack> heads = heads(own(4, DRAINED));
    List<PublishedPack> before =
        List.of(own(3, DRAINED), own(2, off("so")), own(1, off("long ago")));

    assertThat(reason(taken(heads, before))).isEqualTo("so");
    assertThat(refused).containsExactly("4, goes on: 2");
  }

  @Test
  void one_that_clashes_leaves_the_one_that_is_in_use() {
    assertThat(reason(taken(heads(own(1, off("so"))), List.of()))).isEqualTo("so");
    Map<String, PublishedPack> heads = heads(own(2, DRAINED));

    assertThat(reason(taken(heads, List.of()))).isEqualTo("so");
    assertThat(reason(taken(heads, List.of()))).isEqualTo("so");
    assertThat(refused).as("told once").containsExactly("2, goes on: 1");
  }

  @Test
  void where_all_clash_nothing_of_it_applies_and_the_others_go_on() {
    Map<String, PublishedPack> heads = heads(own(2, DRAINED));

    Books books = taken(heads, List.of(own(1, DRAINED)));

    assertThat(books.of("acme").cause("acme-gateway-is-drained")).isNotNull();
    assertThat(refused).containsExactly("2, goes on: null");
  }

  private static Map<String, PublishedPack> heads(PublishedPack own) {
    PublishedPack all = version("site", null, 1, DRAINED);
    return Map.of(all.key(), all, own.key(), own);
  }

  private static PublishedPack own(int number, Map<String, String> files) {
    return version("own", "acme", number, files);
  }

  private Books taken(Map<String, PublishedPack> heads, List<PublishedPack> before) {
    library.prepare(heads, it -> before);
    return library.of(heads, it -> before);
  }

  /** Why the cause is switched off; null when it is not. */
  private static @Nullable String reason(Books books) {
    var cause = books.of("acme").cause(CAUSE);
    return cause == null ? null : cause.disabled();
  }

  private static Map<String, String> off(String reason) {
    return Map.of("overlay.yaml", CAUSE + ": {disable: true, reason: " + reason + "}\n");
  }

  private static PublishedPack good(int number, String reason) {
    return version("acme", null, number, off(reason));
  }

  private static PublishedPack version(
      String pack, @Nullable String tenant, int number, Map<String, String> files) {
    return version(pack, tenant, number, CompiledPack.compile(pack, files).version(), files);
  }

  private static PublishedPack version(int number, String version, String overlay) {
    return version("acme", null, number, version, Map.of("overlay.yaml", overlay));
  }

  private static PublishedPack version(
      String pack, @Nullable String tenant, int number, String version, Map<String, String> files) {
    return new PublishedPack(
        pack, tenant, number, version, "ann", Instant.EPOCH, "so", null, files);
  }
}
