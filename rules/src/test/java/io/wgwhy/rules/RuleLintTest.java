package io.wgwhy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleLintTest {
  @TempDir Path temp;
  private Path pack;
  private Path rules;
  private Path page;

  @BeforeEach
  void copy() {
    pack = Sample.copy(temp.resolve("sample"));
    rules = pack.resolve(Sample.BLOCKED + ".drl");
    page = pack.resolve(Sample.BLOCKED + ".md");
  }

  @Test
  void the_built_in_pack_is_clean() {
    assertThat(RuleLint.check(Path.of("wireguard"))).isEmpty();
  }

  @Test
  void the_sample_packs_are_clean() {
    assertThat(RuleLint.check(pack)).isEmpty();
    assertThat(RuleLint.check(Path.of("src/test/resources/packs/acme"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rule \"Init   | global java.util.List l\\nrule \"Init         | 7  | no globals",
        "rule \"Init   | function int f() { return 1; }\\nrule \"Init  | 7  | no functions",
        "rule \"Init   | dialect \"mvel\"\\nrule \"Init               | 7  | leave out dialect",
        "when          | no-loop true when                             | 7  | leave out no-loop",
        "when          | salience 3 when                               | 7  | no salience",
        "  Symptom(    | eval( 1 < 2 ) Symptom(                        | 7  | no eval",
        "id == $id,    | id == $id, eval( 1 < 2 ),                     | 7  | no eval",
        "{{$n}}        | {{$many}}                                     | 7  | names $many; bound"
            + " here",
        "{{$n}}        | {{>n}}                                        | 7  | @because: {{>",
        "because( \"{{$n}} | reason( \"{{$n}}                              | 7  | say why",
        "then\\n"
            + "        | then\\n"
            + " System.out.println();\\n"
            + "                | 13 | then holds one insertLogical",
        "insertLogical( confirm | insert( confirm                      | 13 | then holds one"
            + " insertLogical",
        "\"port-is-blocked\" | \"port-is-shut\"                        | 13 | concludes"
            + " \"port-is-shut\"",
        "A filter rule drops the initiations | Initiations arrive and are not delivered | 17 | is"
            + " here twice",
        "A filter rule drops the initiations | The interface is up     | 17 | is also in 1-here/",
        "id == $id,    | id = $id,                                     | 11 | to compare, write ==",
        "then\\n"
            + "        | then then\\n"
            + "                                   | 14 | cannot be read: mismatched",
      })
  void a_rule_is_refused_by_line(String from, String to, int line, String says) {
    Sample.edit(rules, from.translateEscapes(), to.translateEscapes());

    assertThat(RuleLint.check(pack))
        .anySatisfy(p -> assertThat(p.toString()).startsWith(rules + ":" + line).contains(says));
  }

  @Test
  void a_rule_of_more_than_thirty_lines_is_to_be_divided() {
    Sample.edit(
        rules,
        "when\n  Symptom( $id : tunnel, kind",
        "when\n" + "\n".repeat(25) + "  Symptom( $id : tunnel, kind");

    assertThat(RuleLint.check(pack))
        .anySatisfy(p -> assertThat(p.message()).contains("has 34 lines: divide it"));
  }

  @Test
  void a_binding_inside_not_is_hidden_from_the_sentence() {
    Sample.edit(rules, "  HandshakePath(", "  not HandshakePath(");

    assertThat(RuleLint.check(pack))
        .anySatisfy(p -> assertThat(p.message()).contains("@because names $n"));
  }

  @Test
  void a_vocabulary_names_symptoms_and_concludes_nothing() {
    Path vocabulary = pack.resolve("vocabulary.drl");
    Sample.edit(vocabulary, "new Symptom( $id, Symptom.Kind.NO_HANDSHAKE )", "new Role( $id )");

    assertThat(RuleLint.check(pack))
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("new Symptom( … )"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "severity: critical | severity: awful               | 4  | no such word \"awful\", use one"
            + " of [critical",
        "severity: critical\\n | ``                          | 1  | no such word",
        "works-then-dies    | works-then-sleeps             | 5  | no such word"
            + " \"works-then-sleeps\"",
        "[no-handshake, works-then-dies] | []               | 5  | name the symptoms",
        "place: 1           | place: first                  | 2  | a number from 0 to 999",
        "place: 1           | plaice: 1                     | 2  | no such key plaice",
        "place: 1           | place: 1\\nplace: 2            | 3  | is no YAML",
        "place: 1           | place: [1                     | 3  | is no YAML",
        "summary: \"Let UDP port {{port}} in.\" | summary: \"\" | 6 | write summary",
        "allow {{port}}/udp\"\\n    why | allow {{{port}}}/udp\"\\n    why | 10 | plain {{name}}",
        "why: \"lets the packets in\"\\n    undo | why: \"\"\\n    undo | 11 | write why",
        "## Sources         | ## Further reading            | 0  | write the section \"##"
            + " Sources\"",
        "* wg(8)            | ``                            | 34 | say something under \"Sources\"",
        "---\\nplace         | place                         | 1  | front matter",
      })
  void a_page_is_refused_by_line(String from, String to, int line, String says) {
    Sample.edit(page, from.translateEscapes(), to.translateEscapes());

    assertThat(RuleLint.check(pack))
        .anySatisfy(
            p -> {
              assertThat(p.file()).isEqualTo(page.toString());
              assertThat(p.message()).contains(says);
              assertThat(p.line()).isEqualTo(line);
            });
  }

  @Test
  void no_host_and_nothing_to_undo_may_be_left_empty() {
    Sample.edit(page, "on: \"{{responder.host}}\", run: \"sudo ipt", "on: null, run: \"sudo ipt");
    Sample.edit(page, "undo: \"sudo ufw delete allow {{port}}/udp\"", "undo: \"\"");

    assertThat(RuleLint.check(pack)).isEmpty();
    assertThat(FrontMatter.page(PackFolder.read(pack).causes().get(1).frontMatter(), "").steps())
        .satisfiesExactly(
            step -> assertThat(step.undo()).isNull(), step -> assertThat(step.on()).isNull());
  }

  @Test
  void page_rules_and_cases_must_be_there() throws IOException {
    Path folder = page.getParent();
    for (Path file : new Path[] {page, rules, folder.resolve("silent-when-fine.yaml")}) {
      Files.delete(file);
    }

    assertThat(RuleLint.check(pack))
        .extracting(RuleProblem::toString)
        .containsExactlyInAnyOrder(
            folder + ": write the remedy page: port-is-blocked.md",
            folder + ": write the rules: port-is-blocked.drl",
            folder + ": add a case: silent-<when>.yaml");
  }

  @Test
  void names_of_files_and_folders_agree() throws IOException {
    Files.move(rules, rules.resolveSibling("port-blocked.drl"));
    Files.move(pack.resolve("1-here"), pack.resolve("here"));
    Files.writeString(rules.resolveSibling("notes.txt"), "");

    assertThat(RuleLint.check(pack))
        .extracting(RuleProblem::message)
        .contains(
            "name it like its folder: port-is-blocked.drl",
            "name the band <number>-<name>, like 2-udp-path",
            "not known here: cases are fires-*.yaml, silent-*.yaml, clears-*.yaml");
  }

  @Test
  void what_is_not_utf8_is_told_once() throws IOException {
    Files.write(rules, new byte[] {'r', 'u', (byte) 0xff});
    Files.write(page, new byte[] {'-', '-', (byte) 0xff});

    assertThat(RuleLint.check(pack))
        .extracting(RuleProblem::message)
        .containsExactly("it is not UTF-8: save it as UTF-8", "it is not UTF-8: save it as UTF-8");
  }
}
