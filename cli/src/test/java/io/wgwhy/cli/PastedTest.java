package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people paste in despair, and what is wrong with their tunnels. Unlike the cases beside the
 * rules these say nothing of facts: each is what a terminal showed, often of one end, cut off and
 * redacted; and the cause was written down before anybody looked what is said of it.
 */
@Tag("slow")
class PastedTest {
  @TempDir private Path folder;

  /**
   * @param expect the cause; {@code nothing} where all that is shown is well
   * @param also causes that would be as right from what is shown
   * @param missed what is said today instead, of what is not told yet: {@code nothing}, or a cause
   */
  record Pasted(
      String id, String about, String expect, List<String> also, String missed, List<End> ends) {
    record End(String host, String text) {}

    List<String> right() {
      var right = new ArrayList<>(List.of(expect));
      right.addAll(Objects.requireNonNullElse(also, List.of()));
      return right;
    }

    @Override
    public String toString() {
      return id;
    }
  }

  record Said(String cause, String confidence) {}

  static Stream<Pasted> servers() throws IOException {
    return read("servers.yaml");
  }

  static Stream<Pasted> clients() throws IOException {
    return read("clients.yaml");
  }

  static Stream<Pasted> mixed() throws IOException {
    return read("mixed.yaml");
  }

  static Stream<Pasted> forums() throws IOException {
    return read("forums.yaml");
  }

  static Stream<Pasted> threads() throws IOException {
    return read("threads.yaml");
  }

  private static Stream<Pasted> read(String file) throws IOException {
    try (InputStream in = PastedTest.class.getResourceAsStream("pasted/" + file)) {
      return new YAMLMapper().readValue(in, new TypeReference<List<Pasted>>() {}).stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"servers", "clients", "mixed", "forums", "threads"})
  void the_cause_is_told_first(Pasted pasted) throws IOException {
    List<Said> said = diagnosed(pasted);
    if (pasted.expect().equals("nothing")) {
      assertThat(said).as(pasted.about()).isEmpty();
    } else if (pasted.missed() == null) {
      assertThat(said).as(pasted.about()).isNotEmpty();
      assertThat(said.get(0).cause()).as(pasted.about()).isIn(pasted.right());
    } else {
      // Who mends it takes the word away; until then nothing else may be confirmed.
      assertThat(said.isEmpty() ? "nothing" : said.get(0).cause()).isEqualTo(pasted.missed());
      assertThat(said).noneMatch(it -> it.confidence().equals("confirmed"));
    }
  }

  private List<Said> diagnosed(Pasted pasted) throws IOException {
    var arguments = new ArrayList<>(List.of("diagnose", "--json", "--together"));
    for (int i = 0; i < pasted.ends().size(); i++) {
      Path file = folder.resolve(i + ".txt");
      Files.writeString(file, pasted.ends().get(i).text());
      arguments.add(pasted.ends().get(i).host() + "=" + file);
    }
    Ran ran = Ran.wgwhy(arguments.toArray(String[]::new));
    JsonNode findings = new JsonMapper().readTree(ran.out()).path("findings");
    return StreamSupport.stream(findings.spliterator(), false)
        .map(it -> new Said(it.path("cause").asText(), it.path("confidence").asText()))
        .toList();
  }
}
