package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * What README, docs and help texts tell people to type is understood: commands, options, and how
 * many words they take.
 */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");

  /**
   * A command as it begins a line, after what may stand in front of it, up to a pipe, a redirection
   * or a remark.
   */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:^|[|;&]|\\$)\\s*(?:sudo\\s+)?(?:[A-Z_]+=(?:'[^']*'|\\S*)\\s+)?(?:\\./)?wgwhy\\s+(?<words>[^|;&>#<]*)");

  private static final Pattern WORD = Pattern.compile("'(?<quoted>[^']*)'|(?<plain>\\S+)");

  /** A command that is documented, and where. */
  record Documented(String where, List<String> words) {
    @Override
    public String toString() {
      return where + ": wgwhy " + String.join(" ", words);
    }
  }

  static Stream<Documented> documented() {
    return Stream.concat(pages().flatMap(DocumentedCommandsTest::ofPage), ofHelp(tree()));
  }

  @ParameterizedTest
  @MethodSource("documented")
  void is_understood(Documented command) {
    CommandLine tree = tree();

    assertThatCode(() -> tree.parseArgs(command.words().toArray(String[]::new)))
        .doesNotThrowAnyException();
  }

  @Test
  void many_are_found_so_that_none_is_passed_over() {
    assertThat(documented().map(Documented::where)).hasSizeGreaterThan(80).contains("README.md");
  }

  private static CommandLine tree() {
    return WgwhyCommand.tree(Stdio.ofProcess());
  }

  private static Stream<Path> pages() {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
      docs.filter(it -> it.toString().endsWith(".md")).sorted().forEach(pages::add);
      return pages.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines of fenced blocks; prose names commands without all that they need. */
  private static Stream<Documented> ofPage(Path page) {
    List<Documented> found = new ArrayList<>();
    boolean fenced = false;
    try {
      for (String line : Files.readAllLines(page)) {
        if (line.startsWith("```")) {
          fenced = !fenced;
        } else if (fenced) {
          found.addAll(in(line, ROOT.relativize(page).toString()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream();
  }

  /** Examples end at the first wide gap, behind which they are explained. */
  private static Stream<Documented> ofHelp(CommandLine command) {
    Stream<Documented> own =
        Stream.of(command.getCommandSpec().usageMessage().footer())
            .filter(it -> it.startsWith("  "))
            .map(it -> it.strip().split(" {2,}")[0])
            .flatMap(it -> in(it, command.getCommandSpec().qualifiedName() + " --help").stream());
    return Stream.concat(
        own, command.getSubcommands().values().stream().flatMap(DocumentedCommandsTest::ofHelp));
  }

  private static List<Documented> in(String line, String where) {
    return COMMAND
        .matcher(line.replaceAll("\\$\\([^)]*\\)", "x")) // what another command prints is a word
        .results()
        .map(it -> new Documented(where, words(it.group(1))))
        .filter(it -> !it.words().isEmpty())
        .toList();
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group("quoted") != null ? matcher.group("quoted") : matcher.group("plain"));
    }
    return words;
  }
}
