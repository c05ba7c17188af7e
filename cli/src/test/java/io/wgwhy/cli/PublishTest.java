package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.rules.PackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code wgwhy rules publish | rollback | history | shadow | backtest --since}. */
class PublishTest extends PublishingCase {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void versions_are_published_listed_and_taken_back() throws IOException {
    Ran dry = publish("-m", "first", "--dry-run");
    assertThat(dry.exit()).as(dry.err()).isZero();
    assertThat(dry.out()).contains("would be published");
    assertThat(rules("history", "acme").exit()).isEqualTo(Exit.UNUSABLE);

    assertThat(publish("-m", "first").out()).contains(tenant + "/acme version 1 (");
    assertThat(publish("-m", "the same").out()).contains("version 1 says the same already");
    edit("title: \"", "title: \"In short, ");
    Ran second = publish("-m", "in short", "--by", "ann");
    assertThat(second.err()).contains("changed  50-own/acme-old-gateway/acme-old-gateway.md");
    Ran rolled = rules("rollback", "acme", "-m", "too short");
    assertThat(rolled.out()).contains("version 3 (");

    JsonNode history = JSON.readTree(rules("history", "acme", "--json").out()).get("versions");
    assertThat(history).hasSize(3);
    assertThat(history.get(0).get("rollbackOf").asInt()).isEqualTo(1);
    assertThat(history.get(0).get("applies").asBoolean()).isTrue();
    assertThat(history.get(0).get("version")).isEqualTo(history.get(2).get("version"));
    assertThat(history.get(1).get("publishedBy").asText()).isEqualTo("ann");
    assertThat(history.get(1).get("message").asText()).isEqualTo("in short");
    assertThat(rules("history", "acme").out()).contains("too short (again version 1)");

    Path got = temp.resolve("got/acme");
    assertThat(rules("history", "acme", "--get", "2", "--into", got.toString()).exit()).isZero();
    assertThat(PackFiles.version(got)).isEqualTo(history.get(1).get("version").asText());

    assertThat(rules("rollback", "acme", "--to", "9", "-m", "x").err()).contains("no version 9");
    assertThat(rules("rollback", "acme", "--to", "none", "-m", "gone").out()).contains("withdrawn");
    assertThat(rules("rollback", "acme", "--to", "none", "-m", "x").err()).contains("already");
    assertThat(rules("history").out()).contains("✗ " + tenant + "/acme");
    assertThat(Ran.wgwhy("rules", "history", "nobody", "--bootstrap-server", server()).exit())
        .isEqualTo(Exit.UNUSABLE);
  }

  @Test
  void what_is_not_right_is_refused_and_nothing_is_published() throws IOException {
    Path fires = pack.resolve("50-own/acme-old-gateway/fires-example.yaml");
    String good = Files.readString(fires);
    Files.writeString(fires, good.replace("192.0.2.10", "192.0.2.99"));
    Ran failing = publish("-m", "x");
    assertThat(failing.exit()).isEqualTo(Exit.UNUSABLE);
    assertThat(failing.err()).contains("expected first", "not all of its cases pass");
    Files.writeString(fires, good);

    Path overlay = pack.resolve("overlay.yaml");
    Files.writeString(overlay, "mtu-to-large: {disable: true, reason: x}\n");
    assertThat(publish("-m", "x").err()).contains("overlay.yaml:1: there is no cause mtu-to-large");
    Files.delete(overlay);

    Path drl = pack.resolve("50-own/acme-old-gateway/acme-old-gateway.drl");
    Files.writeString(drl, Files.readString(drl).replace("address ==", "adress =="));
    assertThat(publish("-m", "x").err())
        .contains("acme-old-gateway.drl:14:", "Did you mean address?", "nothing is published");
    for (Ran tried :
        List.of(
            rules("shadow", pack.toString(), "--for=1s"),
            rules("backtest", pack.toString(), "--since=1d"))) {
      assertThat(tried.err())
          .as("who only tries it out has nothing to publish")
          .contains("acme-old-gateway.drl:14:", "the pack is refused: ")
          .doesNotContain("nothing is published");
    }
    assertThat(publish("-m", " ").err()).contains("--message says why");
    assertThat(rules("history", "acme").exit()).isEqualTo(Exit.UNUSABLE);
  }

  @Test
  void the_past_and_the_present_are_judged_without_alerting() throws Exception {
    send(tenant, facts());
    hit();

    Ran past = rules("backtest", pack.toString(), "--since", "1h");
    assertThat(past.exit()).as(past.err()).isEqualTo(Exit.FINDINGS);
    assertThat(past.out())
        .contains(tenant + "/home", "new     " + CAUSE, "acme: 1 played, 1 new, 0 gone")
        .contains("times real time");
    assertThat(rules("backtest", pack.toString(), "--since", "yesterday").err())
        .contains("is no length of time");
    assertThat(Ran.wgwhy("rules", "backtest", pack.toString()).err()).contains("say --recordings");

    Ran now = rules("shadow", pack.toString(), "--for", "3s");
    assertThat(now.exit()).as(now.err()).isEqualTo(Exit.FINDINGS);
    assertThat(now.out()).contains("would open", CAUSE, tenant + ": would open 1");
    assertThat(now.err()).contains("looking on");
    assertThat(all(tenant)).as("nothing is published").isEmpty();
  }

  private void edit(String from, String to) throws IOException {
    Path page = pack.resolve("50-own/acme-old-gateway/acme-old-gateway.md");
    Files.writeString(page, Files.readString(page).replaceFirst(from, to));
  }
}
