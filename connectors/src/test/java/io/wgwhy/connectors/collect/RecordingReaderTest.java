package io.wgwhy.connectors.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.collect.output.Unread;
import io.wgwhy.facts.Observation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingReaderTest {
  private static final String GOOD =
      "{\"at\": 1795350600.5, \"host\": \"srv\", \"command\": \"wg show\", \"exit\": 0, \"output\": \"\"}";

  private final List<Observation> observations = new ArrayList<>();
  private final List<Unread> unread = new ArrayList<>();

  @Test
  void reads_all_fields() throws IOException {
    read(
        "{\"at\":1,\"host\":\"srv\",\"command\":\"c\",\"exit\":null,\"output\":\"o\\n\",\"receivedAt\":2.5,"
            + "\"network\":\"n\",\"tenant\":\"t\",\"later\":{}}");
    assertThat(observations)
        .containsExactly(new Observation(1, "srv", "c", null, "o\n", 2.5, "n", "t"));
    assertThat(unread).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "null",
        "7",
        "\"text\"",
        "{} {}",
        "{}",
        "{\"at\":\"1\",\"host\":\"h\",\"command\":\"\",\"output\":\"\"}",
        "{\"at\":1e999,\"host\":\"h\",\"command\":\"\",\"output\":\"\"}",
        "{\"at\":NaN,\"host\":\"h\",\"command\":\"\",\"output\":\"\"}",
        "{\"at\":1,\"host\":7,\"command\":\"\",\"output\":\"\"}",
        "{\"at\":1,\"host\":\"h\",\"command\":[],\"output\":\"\"}",
        "{\"at\":1,\"host\":\"h\",\"command\":\"\",\"output\":null}",
        "{\"at\":1,\"host\":\"h\",\"command\":\"\",\"output\":\"\",\"exit\":\"0\"}",
        "{\"at\":1,\"host\":\"h\",\"command\":\"\",\"output\":\"\",\"exit\":0.5}",
        "{\"at\":1,\"host\":\"h\",\"command\":\"\",\"output\":\"\",\"exit\":99999999999}",
        "{\"at\":1,\"host\":\"h\",\"command\":\"\",\"output\":\"\",\"receivedAt\":\"now\"}",
        "{\"at\":1,\"at\":2,\"host\":\"h\",\"command\":\"\",\"output\":\"\"}",
        "{\"at\":1,\"host\":\"h\",\"command\":\"\",\"output\":\"\",\"tenant\":1}",
        "\u0000\u0001\u0002\ufffd",
      })
  void a_bad_line_is_told_and_its_neighbours_are_read(String bad) throws IOException {
    read(GOOD + "\n\n" + bad + "\r\n" + GOOD);
    assertThat(observations).hasSize(2);
    assertThat(unread).extracting(Unread::line).containsExactly(3);
    assertThat(unread.get(0).reason()).doesNotContain(bad);
  }

  @Test
  void deep_nesting_is_a_bad_line() throws IOException {
    read(GOOD + "\n" + "[".repeat(200_000) + "\n" + GOOD);
    assertThat(observations).hasSize(2);
    assertThat(unread).extracting(Unread::line).containsExactly(2);
  }

  @Test
  void a_huge_line_is_passed_over() throws IOException {
    byte[] huge = new byte[RecordingReader.LONGEST_LINE + 10];
    Arrays.fill(huge, (byte) 'x');
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream(huge),
            new ByteArrayInputStream(("\n" + GOOD).getBytes(StandardCharsets.UTF_8)));
    RecordingReader.read(in, observations::add, unread::add);
    assertThat(observations).hasSize(1);
    assertThat(unread).extracting(Unread::line).containsExactly(1);
  }

  @Test
  void a_mark_at_the_beginning_does_not_matter() throws IOException {
    read("\ufeff" + GOOD);
    assertThat(observations).hasSize(1);
  }

  /** Real tunnels, every command that the lab runs: nothing of them may stay unread. */
  @ParameterizedTest
  @ValueSource(
      strings = {"healthy-full-tunnel", "key-truncated-client-peer", "clock-cli-back-rejected"})
  void recordings_of_real_tunnels_are_read_whole(String name) throws IOException {
    Parsers parsers = new Parsers(Secrets.withoutTenantKey());
    try (InputStream in =
        Files.newInputStream(Path.of("src/test/resources/recordings", name + ".jsonl"))) {
      RecordingReader.read(in, observations::add, unread::add);
    }
    assertThat(unread).isEmpty();
    assertThat(observations).hasSizeGreaterThan(20);
    for (Observation observation : observations) {
      List<String> commands = CommandLine.pieces(observation.command());
      if (commands.stream().allMatch(piece -> Registry.of(CommandLine.of(piece)) != null)) {
        assertThat(parsers.parse(observation).unread()).as(observation.command()).isEmpty();
      }
    }
  }

  private void read(String text) throws IOException {
    RecordingReader.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        observations::add,
        unread::add);
  }
}
