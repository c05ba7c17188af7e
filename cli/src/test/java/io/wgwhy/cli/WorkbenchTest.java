package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wgwhy rules new | lint | test | explain | backtest}, as people and scripts use them. */
class WorkbenchTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path pack;
  private Path rules;

  @BeforeEach
  void make() {
    pack = folder.resolve("acme");
    Ran ran = Ran.wgwhy("rules", "new", "--pack", pack.toString(), "acme-old-gateway");
    assertThat(ran.exit()).as(ran.err()).isZero();
    rules = pack.resolve("50-own/acme-old-gateway/acme-old-gateway.drl");
  }

  @Test
  void a_new_cause_is_sound_and_passes_its_tests() throws IOException {
    Path junit = folder.resolve("report.xml");

    assertThat(Ran.wgwhy("rules", "lint", pack.toString()).out()).isEqualTo("sound\n");
    Ran ran = Ran.wgwhy("rules", "test", "--junit", junit.toString(), pack.toString());

    assertThat(ran.out()).startsWith("✓ acme: 2 cases, 0 failed; 2 rules, 0 reached by none");
    assertThat(ran.exit()).isZero();
    assertThat(junit)
        .content()
        .contains("<testsuite name=\"acme\" tests=\"2\" failures=\"0\"")
        .contains("<testcase classname=\"acme.acme-old-gateway\" name=\"fires-example.yaml\"");
  }

  @Test
  void what_is_there_is_not_overwritten() {
    Ran ran = Ran.wgwhy("rules", "new", "--pack", pack.toString(), "acme-old-gateway");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("the cause is there already");
  }

  /** Somebody forgot to change into it: each file there would be a problem. */
  @Test
  void a_folder_that_is_no_pack_is_one_line_and_says_how_to_make_one() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(home.resolve("notes.txt"), "x");
    Files.writeString(Files.createDirectories(home.resolve("old/mail")).resolve("mail.md"), "x");

    for (String command : new String[] {"test", "lint"}) {
      Ran ran = Ran.wgwhy("rules", command, home.toString());

      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err().lines())
          .singleElement()
          .asString()
          .startsWith("wgwhy: " + home + " is no rule pack")
          .contains("<n>-<band>/<cause>/<cause>.drl", "wgwhy rules new");
    }
    assertThat(Ran.wgwhy("rules", "list", "--rules", home.toString()).err())
        .contains("is no rule pack");
  }

  @Test
  void a_pack_with_mistakes_is_a_pack() throws IOException {
    Files.move(pack.resolve("50-own"), pack.resolve("own"));
    assertThat(Ran.wgwhy("rules", "lint", pack.toString()).out()).contains("name the band");

    Path half = Files.createDirectories(folder.resolve("half/50-own/acme-x"));
    Files.writeString(half.resolve("acme-x.md"), "x");
    assertThat(Ran.wgwhy("rules", "lint", folder.resolve("half").toString()).out())
        .contains("write the rules: acme-x.drl");
  }

  @Test
  void a_name_that_is_none_is_bad_usage() {
    assertThat(Ran.wgwhy("rules", "new", "--pack", pack.toString(), "../Escape").exit())
        .isEqualTo(2);
    assertThat(folder.resolve("Escape")).doesNotExist();
  }

  @Test
  void a_case_that_fails_says_what_was_expected_and_what_was_found() throws IOException {
    Path fires = rules.resolveSibling("fires-example.yaml");
    Files.writeString(fires, Files.readString(fires).replace("192.0.2.10", "192.0.2.99"));

    Ran ran = Ran.wgwhy("rules", "test", pack.toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .contains("✗ acme-old-gateway/fires-example.yaml", "expected first acme-old-gateway, found")
        .contains("no case reaches: Acme old gateway", "1 of 2 conditions hold in")
        .contains("the first that fails: Tunnel( initiator.endpoint!.address == \"192.0.2.10\" )")
        .contains("2 cases, 1 failed");
  }

  @Test
  void a_case_that_cannot_be_read_is_told_with_its_line_and_costs_the_others_nothing()
      throws IOException {
    Files.writeString(rules.resolveSibling("fires-badly.yaml"), "given:\n  recordng: x\n");

    Ran ran = Ran.wgwhy("rules", "test", pack.toString());

    assertThat(ran.out())
        .contains("fires-badly.yaml", "near line ", "recordng", "3 cases, 1 failed");
  }

  @Test
  void a_case_that_tests_nothing_is_told_so() throws IOException {
    Path silent = rules.resolveSibling("silent-example.yaml");
    String good = Files.readString(silent);

    Files.writeString(silent, good.replace("[acme-old-gateway]", "[acme-old-gatewy]"));
    assertThat(Ran.wgwhy("rules", "test", pack.toString()).out())
        .contains("there is no such cause. Did you mean acme-old-gateway?", "2 cases, 1 failed");
    Files.writeString(silent, good.substring(0, good.indexOf("expect:")) + "expect: {}\n");
    assertThat(Ran.wgwhy("rules", "test", pack.toString()).out())
        .contains("expect says what is found: first, also, not, or none");
    Files.writeString(silent, good.replace("[acme-old-gateway]", "[ ~ ]"));
    assertThat(Ran.wgwhy("rules", "test", pack.toString()).out())
        .contains("expect has a cause without a name");
    Files.writeString(silent, "given: {}\nexpect: { none: true }\n");
    assertThat(Ran.wgwhy("rules", "test", pack.toString()).out())
        .contains("given says what was seen");
    Files.writeString(silent, "given: { observations: [ ] }\nexpect: { none: true }\n");
    assertThat(Ran.wgwhy("rules", "test", pack.toString()).exit()).as("nothing is there").isZero();
  }

  @Test
  void lint_reads_the_cases_and_says_what_to_do() throws IOException {
    Path silent = rules.resolveSibling("silent-example.yaml");
    String good = Files.readString(silent);

    Files.writeString(silent, good.replace("expect:", "expct:"));
    Ran typo = Ran.wgwhy("rules", "lint", pack.toString());
    assertThat(typo.exit()).isEqualTo(1);
    assertThat(typo.out())
        .containsPattern("silent-example.yaml:\\d+: problem: the case cannot be read")
        .contains("there is no expct here. Did you mean expect?");
    Files.writeString(silent, "");
    assertThat(Ran.wgwhy("rules", "lint", pack.toString()).out()).contains("it is empty");
    Files.writeString(silent, good + "  more: [\n");
    assertThat(Ran.wgwhy("rules", "lint", pack.toString()).out())
        .contains("expected the node content");
    Files.write(silent, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(Ran.wgwhy("rules", "lint", pack.toString()).out()).contains("save it as UTF-8");
  }

  @Test
  void a_cause_that_is_built_in_is_not_made_again() {
    Ran ran = Ran.wgwhy("rules", "new", "--pack", pack.toString(), "mtu-too-large");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("like acme-mtu-too-large");
    assertThat(pack.resolve("50-own/mtu-too-large")).doesNotExist();
  }

  /** Both of the skeleton's cases have the symptom: that it has to be there, none of them shows. */
  @Test
  void conditions_that_no_case_would_miss_are_listed() throws IOException {
    Ran ran = Ran.wgwhy("rules", "test", "--conditions", pack.toString());

    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains("never failed: 1. Symptom( kind == Kind.NO_HANDSHAKE )")
        .contains("4 conditions, 2 one-sided")
        .doesNotContain("192.0.2.10");
    JsonNode json = JSON.readTree(Ran.wgwhy("rules", "test", "--json", pack.toString()).out());
    assertThat(json.at("/conditions").asInt()).isEqualTo(4);
    assertThat(json.at("/oneSided")).hasSize(2);
    assertThat(json.at("/oneSided/0/never").asText()).isEqualTo("failed");
  }

  /** The same is seen, and each expects something else of it: one fails, the other does not. */
  @Test
  void cases_that_are_played_together_are_judged_each_by_itself() throws IOException {
    String fires = Files.readString(rules.resolveSibling("fires-example.yaml"));
    String given = fires.substring(0, fires.indexOf("expect:"));
    Files.writeString(
        rules.resolveSibling("silent-wrongly.yaml"),
        given + "expect: { not: [acme-old-gateway] }\n");
    Files.writeString(
        rules.resolveSibling("clears-at-last.yaml"),
        fires
            + "\n"
            + "then:\n"
            + "  observations:\n"
            + "    - { at: 25, host: laptop, command: wg show all dump, exit: 0, output: \"\" }\n");

    Ran ran = Ran.wgwhy("rules", "test", pack.toString());

    assertThat(ran.out())
        .contains("✗ acme-old-gateway/silent-wrongly.yaml", "must not find acme-old-gateway")
        .doesNotContain("✗ acme-old-gateway/fires", "✗ acme-old-gateway/clears")
        .contains("4 cases, 1 failed");
  }

  @Test
  void a_misspelt_property_is_told_by_column_and_mended() throws IOException {
    Files.writeString(
        rules, Files.readString(rules).replace("endpoint!.address", "endpoint!.adress"));
    Path sarif = folder.resolve("lint.sarif");

    Ran ran = Ran.wgwhy("rules", "lint", "--sarif", sarif.toString(), pack.toString());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .contains("acme-old-gateway.drl:14:")
        .contains("Endpoint has no adress. Did you mean address?");
    JsonNode result = JSON.readTree(sarif.toFile()).at("/runs/0/results/0");
    assertThat(result.at("/level").asText()).isEqualTo("error");
    assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt()).isEqualTo(14);
    Ran mended = Ran.wgwhy("rules", "lint", "--fix", pack.toString());
    assertThat(mended.out()).contains("fixed: adress is address now").endsWith("sound\n");
    assertThat(mended.exit()).isZero();
  }

  @Test
  void rules_that_add_nothing_or_contradict_are_advice() throws IOException {
    String text = Files.readString(rules);
    String rule = text.substring(text.indexOf("rule "), text.indexOf("end\n") + 4);
    String twice = rule.replace("Acme old gateway", "The same again");
    String more =
        rule.replace("Acme old gateway", "Narrower")
            .replace("Tunnel( id == $id,", "Tunnel( id == $id, initiator.up == Answer.YES,");
    String never =
        rule.replace("Acme old gateway", "Never")
            .replace(
                "Tunnel( id == $id,",
                "Tunnel( id == $id, initiator.mtu < 100, initiator.mtu > 200,");
    String against = rule.replace("Acme old gateway", "Against").replace("confirm(", "ruleOut(");
    Files.writeString(rules, text + "\n" + twice + "\n" + more + "\n" + never + "\n" + against);

    Ran ran = Ran.wgwhy("rules", "lint", pack.toString());

    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains("\"The same again\" says the same as \"Acme old gateway\"")
        .contains("\"Narrower\" never says more than \"Acme old gateway\"")
        .contains(
            "\"Never\" never holds: initiator.mtu<100 and initiator.mtu>200 exclude each other")
        .contains("\"Against\" contradicts \"Acme old gateway\"");
  }

  @Test
  void a_backtest_says_what_is_new_and_how_fast_it_was() throws IOException {
    Path recordings = Files.createDirectories(folder.resolve("recordings"));
    Files.copy(Samples.BLOCKED, recordings.resolve("blocked.jsonl"));
    Files.copy(Samples.HEALTHY, recordings.resolve("healthy.jsonl"));
    Files.writeString(rules, Files.readString(rules).replace("192.0.2.10", "203.0.113.10"));

    Ran ran =
        Ran.wgwhy("rules", "backtest", pack.toString(), "--recordings", recordings.toString());

    assertThat(ran.out())
        .contains("blocked.jsonl\n  new     acme-old-gateway (confirmed, from ", "times real time");
    assertThat(ran.err()).contains("blocked.jsonl", "healthy.jsonl");
    Ran same =
        Ran.wgwhy("rules", "backtest", "../rules/wireguard", "--recordings", recordings.toString());
    assertThat(same.out()).contains("2 played, 0 new, 0 gone, 0 changed");
    assertThat(same.exit()).isZero();
  }

  @Test
  void explain_says_the_same_as_why() {
    String cause = "udp-port-blocked-upstream";

    assertThat(Ran.wgwhy("rules", "explain", cause, Samples.blocked()).out())
        .isEqualTo(Ran.wgwhy("diagnose", "--why", cause, Samples.blocked()).out());
  }
}
