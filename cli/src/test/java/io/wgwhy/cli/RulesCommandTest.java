package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wgwhy.cli.workbench.CataloguePage;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wgwhy rules list | show | catalogue}, as people and scripts use them. */
class RulesCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path CATALOGUE = Path.of("..", "docs", "catalogue.md");

  @TempDir Path folder;

  @Test
  void the_causes_are_listed_in_the_diagnostic_order() throws IOException {
    Ran ran = Ran.wgwhy("rules", "list");
    JsonNode causes = JSON.readTree(Ran.wgwhy("rules", "list", "--json").out()).get("causes");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).containsSubsequence("0-sight", "2-udp-path", "9-mtu", "mtu-too-large");
    assertThat(causes).hasSize(RuleBook.builtIn().causes().size());
    assertThat(causes.get(0).get("place").intValue()).isEqualTo(1);
    assertThat(causes.get(0).get("rules").get("rule-out").intValue()).isPositive();
    assertThat(causes.get(0).get("cases").get("silent").intValue()).isPositive();
  }

  @Test
  void one_cause_is_shown_with_its_page_its_rules_and_its_cases() throws IOException {
    Ran ran = Ran.wgwhy("rules", "show", "config-missing");
    JsonNode answer = JSON.readTree(Ran.wgwhy("rules", "show", "--json", "config-missing").out());

    assertThat(ran.out())
        .contains("place 5 in the diagnostic order, critical, pack wireguard ")
        .contains("# Mitigation", "rule \"There is no configuration of that name\"")
        .contains("Case: fires-no-such-file.yaml");
    assertThat(answer.get("rules").asText())
        .isEqualTo(
            Files.readString(
                Path.of("../rules/wireguard/1-bring-up/config-missing/config-missing.drl")));
    assertThat(answer.get("cases").fieldNames())
        .toIterable()
        .contains("silent-another-failure.yaml");
  }

  @Test
  void a_cause_that_there_is_not_is_bad_usage() {
    Ran ran = Ran.wgwhy("rules", "show", "mtu-too-small");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("Did you mean mtu-too-large");
  }

  /** Anew by {@code ./wgwhy rules catalogue -o docs/catalogue.md}, or {@code -Drefresh=true}. */
  @Test
  void the_catalogue_in_the_documentation_is_that_of_today() throws IOException {
    Path page = folder.resolve("page.md");

    Ran ran = Ran.wgwhy("rules", "catalogue", "-o", page.toString());
    if (Boolean.getBoolean("refresh")) {
      Files.copy(page, CATALOGUE, StandardCopyOption.REPLACE_EXISTING);
    }

    assertThat(ran.exit()).isZero();
    assertThat(page).content().isEqualTo(Files.readString(CATALOGUE));
  }

  @Test
  void the_catalogue_is_there_for_browsers_too() {
    assertThat(CataloguePage.html(RuleBook.builtIn(), "rules/"))
        .startsWith("<!doctype html>")
        .contains("<a href=\"rules/wireguard/9-mtu/mtu-too-large/mtu-too-large.md\">")
        .doesNotContain("&lt;a")
        .endsWith("</html>\n");
  }

  @Test
  void a_pack_of_ones_own_stands_among_the_others() {
    String acme = "../rules/src/test/resources/packs/acme";

    Ran ran = Ran.wgwhy("rules", "list", "--rules", acme);

    assertThat(ran.out()).contains("acme-gateway-is-drained", "  acme\n");
    assertThat(Ran.wgwhy("diagnose", "--rules", acme, Samples.blocked()).out())
        .contains("udp-port-blocked-by-host-firewall");
  }

  @Test
  void a_pack_that_means_harm_is_refused_and_all_that_is_wrong_is_told() throws IOException {
    Path pack = folder.resolve("acme");
    Path cause = Files.createDirectories(pack.resolve("2-path/acme-gateway-is-drained"));
    Files.copy(
        Path.of("../rules/src/test/resources/hostile/exit-in-then.drl"),
        cause.resolve("acme-gateway-is-drained.drl"));

    Ran ran = Ran.wgwhy("diagnose", "--rules", pack.toString(), Samples.blocked());

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("acme-gateway-is-drained.drl:", "then holds one insertLogical")
        .contains("write the remedy page")
        .endsWith("wgwhy: the rule pack is refused: 2 problems, see above\n");
  }
}
