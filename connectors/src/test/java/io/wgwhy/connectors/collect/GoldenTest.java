package io.wgwhy.connectors.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.type.TypeReference;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parsed;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.collect.output.Unread;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every golden pair. {@code mvn test -pl connectors -Dgolden.refresh=true} writes the facts anew,
 * to be read in the diff.
 */
class GoldenTest {
  private static final boolean REFRESH = Boolean.getBoolean("golden.refresh");

  private final Parsers parsers = new Parsers(Secrets.withoutTenantKey());

  static List<Golden> pairs() {
    return Golden.all();
  }

  static List<Parser> parsers() {
    return Registry.PARSERS;
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void a_parser_has_pairs_among_them_a_broken_and_a_hostile_one(Parser parser) {
    List<String> names =
        pairs().stream()
            .filter(pair -> Registry.of(CommandLine.of(pair.command())) == parser)
            .map(pair -> pair.name().replaceFirst(".*/", ""))
            .toList();
    assertThat(names).as(parser.getClass().getSimpleName()).contains("broken", "hostile");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void gives_the_facts(Golden pair) throws IOException {
    Parsed parsed = parsers.parse(pair.observation());
    String facts = Golden.json(parsed);
    if (REFRESH) {
      Files.writeString(pair.json(), facts);
    }
    assertThat(facts).isEqualTo(Golden.text(pair.json()));
    assertThat(parsed.unread()).extracting(Unread::line).isEqualTo(pair.unread());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void facts_survive_json(Golden pair) throws IOException {
    List<Fact> facts = parsers.parse(pair.observation()).facts();
    List<Fact> read =
        Golden.JSON.readValue(Golden.text(pair.json()), new TypeReference<List<Fact>>() {});
    assertThat(read).isEqualTo(facts);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void is_recognised_by_its_own_parser_alone(Golden pair) {
    List<Parser> recognising = Registry.recognising(pair.output());
    if (!pair.recognisable()) {
      return;
    }
    Parser own = Registry.of(CommandLine.of(pair.command()));
    assertThat(recognising).hasSize(1);
    if (own != null) {
      assertThat(recognising).containsExactly(own);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void survives_cuts_shuffles_and_garbage(Golden pair) {
    Random random = new Random(pair.name().hashCode());
    String output = pair.output();
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < 3 && !output.isEmpty(); i++) {
      int cut = random.nextInt(output.length());
      outputs.add(output.substring(0, cut));
      outputs.add(output.substring(cut));
      outputs.add(output.substring(0, cut) + "\u0000\ufffd\u001b[2J" + output.substring(cut));
      List<String> lines = new ArrayList<>(List.of(output.split("\n")));
      Collections.shuffle(lines, random);
      outputs.add(String.join("\n", lines));
    }
    for (String changed : outputs) {
      assertThatCode(
              () -> {
                Parsed known = parsers.parse(pair.observation(changed));
                assertNoBug(known);
                assertNoBug(parsers.parse(Parsers.with(pair.observation(), "", null, changed)));
                Paste.read(changed, "srv", 1795350600);
              })
          .doesNotThrowAnyException();
    }
  }

  /** A parser that throws is caught, but it is a bug all the same. */
  private static void assertNoBug(Parsed parsed) {
    assertThat(parsed.unread()).noneMatch(unread -> unread.reason().contains(" failed: "));
    assertThat(parsed.facts())
        .filteredOn(fact -> !(fact instanceof CommandFailure))
        .allSatisfy(fact -> assertThat(fact.host()).isNotBlank());
  }
}
