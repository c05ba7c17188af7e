package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.cli.workbench.Case;
import io.wgwhy.cli.workbench.CasePlay;
import io.wgwhy.rules.PackFiles;
import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.language.Vocabulary;
import io.wgwhy.rules.proof.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/vocabulary.md} says what the facts' Javadoc says today. {@code -Drefresh=true} makes
 * it anew, and looks for its examples in all cases.
 */
class VocabularyTest {
  private static final Path PAGE = Path.of("..", "docs", "vocabulary.md");
  private static final String NONE = "–";

  @Test
  void the_page_is_that_of_today() throws IOException {
    if (Boolean.getBoolean("refresh")) {
      Map<String, String> seen = seen();
      Files.writeString(PAGE, VocabularyPage.of(it -> seen.getOrDefault(it, NONE)));
    }
    Map<String, String> known = written(Files.readString(PAGE));

    assertThat(VocabularyPage.of(it -> known.getOrDefault(it, NONE)))
        .isEqualTo(Files.readString(PAGE));
  }

  @Test
  void nearly_every_property_has_an_example_that_was_really_seen() throws IOException {
    Map<String, String> known = written(Files.readString(PAGE));
    long none = known.values().stream().filter(NONE::equals).count();

    assertThat(known).hasSizeGreaterThan(150);
    assertThat((double) none / known.size()).isLessThan(0.1);
  }

  @Test
  void every_kind_that_the_built_in_rules_ask_for_is_in_it() {
    assertThat(Vocabulary.known().kinds().values())
        .containsAll(
            RuleBook.builtIn().prover().asked().stream().map(it -> (Class<?>) it.kind()).toList());
  }

  private static Map<String, String> seen() {
    Map<String, String> seen = new HashMap<>();
    CasePlay play = new CasePlay(RuleBook.builtIn(), Recorded.RECORDINGS);
    for (Path file : PackFiles.cases(CasesTest.PACK)) {
      play.play(
          Case.read(file),
          it -> note(it.view().facts(), seen),
          it -> note(it.view().facts(), seen));
    }
    return seen;
  }

  private static void note(Facts facts, Map<String, String> seen) {
    Vocabulary.known()
        .kinds()
        .values()
        .forEach(kind -> facts.of(kind).forEach(it -> VocabularyPage.examples(it, seen)));
  }

  private static Map<String, String> written(String page) {
    Map<String, String> examples = new HashMap<>();
    String kind = "";
    for (String line : page.lines().toList()) {
      Matcher heading = Pattern.compile("#{2,3} (\\w+)").matcher(line);
      Matcher row = Pattern.compile("\\| `(\\w+)` \\| .* \\| `?([^|]*?)`? \\|").matcher(line);
      if (heading.matches()) {
        kind = heading.group(1);
      } else if (row.matches()) {
        examples.put(kind + "." + row.group(1), row.group(2));
      }
    }
    return examples;
  }
}
