package io.wgwhy.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Packs that mean harm: refused by lint and by the loader, before anything of them is compiled; the
 * packs beside them go on.
 */
class HostilePacksTest {
  private static final Path HOSTILE = Path.of("src/test/resources/hostile");
  private static final Path ACME = Path.of("src/test/resources/packs/acme");
  private static final String CAUSE = "2-path/acme-gateway-is-drained/acme-gateway-is-drained";
  private static final Path TABLE = Path.of("..", "docs", "hostile-packs.md");
  private static final Duration LONGEST = Duration.ofSeconds(5);

  @TempDir Path temp;

  static List<Path> packs() {
    try (Stream<Path> files = Files.list(HOSTILE)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiled before anything is timed. */
  @BeforeAll
  static void compileTheOthers() {
    Sample.book();
  }

  @ParameterizedTest
  @MethodSource("packs")
  @Timeout(30)
  void is_refused_by_lint_and_by_the_loader_and_the_others_go_on(Path attack) throws IOException {
    Path pack = packWith(attack);
    long begin = System.nanoTime();

    List<RuleProblem> said = RuleLint.check(pack);
    BadRules refused =
        catchThrowableOfType(BadRules.class, () -> RuleBook.with(Sample.compiled(), List.of(pack)));

    assertThat(said).isNotEmpty().allSatisfy(it -> assertThat(it.message()).isNotBlank());
    assertThat(refused.problems()).isNotEmpty();
    assertThat(refused.problems()).noneMatch(it -> it.message().contains("cannot be compiled"));
    assertThat(refused.rest().causes()).hasSize(Sample.book().causes().size());
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST);
    assertThat(Path.of("/tmp/wgwhy-was-here")).doesNotExist();
  }

  @Test
  void the_pack_that_they_are_made_of_is_sound() throws IOException {
    Path pack = Sample.copy(ACME, temp.resolve("acme"));

    assertThat(RuleLint.check(pack)).isEmpty();
  }

  @Test
  void a_link_out_of_the_pack_is_not_followed() throws IOException {
    Path pack = Sample.copy(ACME, temp.resolve("acme"));
    Path page = pack.resolve(CAUSE + ".md");
    Files.delete(page);
    Files.createSymbolicLink(page, Path.of("/etc/passwd"));
    Files.createSymbolicLink(pack.resolve("9-away"), Path.of("/etc"));

    assertThat(RuleLint.check(pack))
        .extracting(RuleProblem::message)
        .contains("a link: put the file itself here")
        .noneMatch(it -> it.contains("root"));
  }

  /** Files of 200 rules each, as many as one likes: an engine would compile them for minutes. */
  @Test
  void thousands_of_rules_are_refused_before_they_are_compiled() throws IOException {
    Path pack = Sample.copy(ACME, temp.resolve("acme"));
    String rules = Files.readString(pack.resolve(CAUSE + ".drl"));
    String head = rules.substring(0, rules.indexOf("rule "));
    StringBuilder many = new StringBuilder();
    for (int file = 0; file < 6; file++) {
      many.setLength(0);
      many.append(head);
      String cause = "acme-" + file;
      for (int i = 0; i < 190; i++) {
        many.append(
            """
            rule "Rule %d of file %d"
              @because( "so" )
            when
              Tunnel( $id : id, initiator.mtu == %d )
            then
              insertLogical( suspect( "%s", $id ) );
            end
            """
                .formatted(i, file, i, cause));
      }
      Path folder = Files.createDirectories(pack.resolve("2-path/" + cause));
      Files.writeString(folder.resolve(cause + ".drl"), many);
      Files.copy(pack.resolve(CAUSE + ".md"), folder.resolve(cause + ".md"));
      Files.writeString(folder.resolve("fires-so.yaml"), "");
      Files.writeString(folder.resolve("silent-so.yaml"), "");
    }

    assertThat(RuleLint.check(pack))
        .extracting(RuleProblem::message)
        .singleElement()
        .asString()
        .matches("the pack has 11\\d\\d rules: 1000 are the most; divide it");
    assertThat(catchThrowableOfType(BadRules.class, () -> RuleBook.compiled(pack))).isNotNull();
  }

  @Test
  void the_table_in_the_documentation_is_what_is_refused_today() throws IOException {
    String table = table();
    if (Boolean.getBoolean("refresh")) {
      Files.writeString(TABLE, table);
    }

    assertThat(table).isEqualTo(Files.readString(TABLE));
  }

  private Path packWith(Path attack) throws IOException {
    Path pack = Sample.copy(ACME, temp.resolve("acme"));
    String name = attack.getFileName().toString();
    String text = Files.readString(attack);
    Path file =
        name.startsWith("vocabulary-")
            ? pack.resolve(name)
            : pack.resolve(CAUSE + name.substring(name.lastIndexOf('.')));
    Files.writeString(file, text.substring(text.indexOf('\n') + 1));
    return pack;
  }

  private String table() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# Packs that mean harm");
    lines.add("");
    lines.add(
        "Rule packs may come from strangers. What a rule may say is an allow-list: facts of the"
            + " vocabulary, comparisons of their");
    lines.add(
        "properties, three verbs. Each pack below is refused by `wgwhy rules lint` and by the"
            + " loader, before anything of it is compiled;");
    lines.add(
        "`HostilePacksTest` proves that, and makes this page (`-Drefresh=true`). They are in"
            + " [rules/src/test/resources/hostile](../rules/src/test/resources/hostile).");
    lines.add("");
    lines.add("| pack | what it tries | what is said |");
    lines.add("| --- | --- | --- |");
    for (Path attack : packs()) {
      Path pack = temp.resolve(attack.getFileName().toString());
      Files.createDirectories(pack);
      String name = attack.getFileName().toString();
      List<RuleProblem> said = new HostilePacksTest().in(pack).saidOf(attack);
      lines.add("| %s | %s | %s |".formatted(name, tries(attack), cell(said.get(0))));
    }
    lines.add("");
    lines.add(
        "Refused besides: links and devices among the files, files that are not UTF-8 or longer"
            + " than 1 MiB, and packs of more than 1,000 rules.");
    return String.join("\n", lines) + "\n";
  }

  private HostilePacksTest in(Path folder) {
    temp = folder;
    return this;
  }

  private List<RuleProblem> saidOf(Path attack) throws IOException {
    return RuleLint.check(packWith(attack));
  }

  private static String tries(Path attack) throws IOException {
    String first = Files.readString(attack).lines().findFirst().orElseThrow();
    return first.replaceAll("^(//|<!--)\\s*|\\s*-->$", "");
  }

  private static String cell(RuleProblem problem) {
    String says = problem.message().replaceFirst("^\"The [^\"]*\" ", "");
    String line = problem.line() > 0 ? "line " + problem.line() + ": " : "";
    return (line + says).replace("|", "\\|").replace("<", "&lt;");
  }
}
