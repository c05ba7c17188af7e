package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An engine and the collectors of the last release understand each other, and so do this release's
 * findings and who reads them. The schemas of the last release are in docs/contracts/VERSION.
 */
class CompatibilityTest {
  private static final Path NOW = Path.of("..", "docs", "contracts");
  private static final Path LAST = NOW.resolve("0.1.0");

  @ParameterizedTest
  @ValueSource(strings = {"fact", "recording"})
  void what_the_last_release_wrote_is_read(String contract) throws IOException {
    assertThat(paths(NOW, contract).cannotRead(paths(LAST, contract))).isEmpty();
  }

  @Test
  void findings_are_what_readers_of_the_last_release_expect() throws IOException {
    assertThat(paths(NOW, "finding").cannotBeReadBy(paths(LAST, "finding"))).isEmpty();
  }

  @Test
  void the_paths_are_those_of_real_records() throws IOException {
    assertThat(paths(NOW, "fact").paths())
        .containsKeys("<addresses>.addresses[].cidr", "<host-clock>.at", "<addresses>.host");
    assertThat(paths(NOW, "finding").paths().get(".state").values()).contains("open", "resolved");
  }

  @Test
  void what_would_break_readers_is_seen() throws IOException {
    SchemaPaths was =
        parsed("{'properties': {'a': {'type': 'string', 'enum': ['x']}, 'b': {'type': 'string'}}}");
    assertThat(
            parsed(
                    "{'properties': {'a': {'type': 'string', 'enum': ['x', 'y']}, 'b':"
                        + " {'type': 'integer'}, 'c': {'type': 'string'}}, 'required': ['c']}")
                .cannotRead(was))
        .isEqualTo(List.of(".b cannot be string any more", ".c is required now"));
    assertThat(
            parsed("{'properties': {'a': {'type': 'string', 'enum': ['x', 'y']}}}")
                .cannotBeReadBy(was))
        .isEqualTo(List.of(".b is gone", ".a can be y now"));
    SchemaPaths oneKind = parsed("{'anyOf': [{'properties': {'kind': {'const': 'old'}}}]}");
    SchemaPaths twoKinds =
        parsed(
            "{'anyOf': [{'properties': {'kind': {'const': 'old'}}},"
                + " {'properties': {'kind': {'const': 'new'}}, 'required': ['kind']}]}");
    assertThat(twoKinds.cannotRead(oneKind)).isEmpty();
    assertThat(oneKind.cannotRead(twoKinds)).contains("<new> is gone");
    SchemaPaths demanding = parsed("{'properties': {'a': {'type': 'string'}}, 'required': ['a']}");
    SchemaPaths lax = parsed("{'properties': {'a': {'type': 'string'}}}");
    assertThat(lax.cannotRead(demanding)).isEmpty();
    assertThat(lax.cannotBeReadBy(demanding)).isEqualTo(List.of(".a may be missing now"));
    assertThat(demanding.cannotRead(lax)).isEqualTo(List.of(".a is required now"));
  }

  private static SchemaPaths paths(Path folder, String contract) throws IOException {
    String text = Files.readString(folder.resolve(contract + ".schema.json"));
    return SchemaPaths.of(new ObjectMapper().readTree(text));
  }

  private static SchemaPaths parsed(String schema) throws IOException {
    return SchemaPaths.of(new ObjectMapper().readTree(schema.replace('\'', '"')));
  }
}
