package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertCommandTest {
  private static final String CANARY = "T0PSECRETcanary";

  @TempDir Path folder;
  private String config = "";

  @BeforeEach
  void settings() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), CANARY);
    config =
        Files.writeString(
                folder.resolve("alert.yaml"),
                """
                silences: %1$s/silences.jsonl
                receivers:
                  - file: {path: %1$s/alerts.jsonl}
                  - name: away
                    webhook: {url: {file: %1$s/url}, token: {file: %2$s}}
                """
                    .formatted(folder, token))
            .toString();
    Files.writeString(folder.resolve("url"), "http://127.0.0.1:1/" + CANARY);
  }

  @Test
  void test_tells_each_receiver_and_says_who_did_not_take_it() throws IOException {
    Ran ran = Ran.wgwhy("alert", "test", "--config", config);
    assertThat(ran.exit()).isEqualTo(Exit.FINDINGS);
    assertThat(ran.out())
        .containsPattern("file +file /.*alerts.jsonl +opened and resolved: taken")
        .containsPattern("away +webhook at 127.0.0.1:1 +connection: cannot reach 127.0.0.1:1");
    assertThat(ran.out() + ran.err()).doesNotContain(CANARY);
    assertThat(Files.readAllLines(folder.resolve("alerts.jsonl"))).hasSize(2);

    ran = Ran.wgwhy("alert", "test", "--config", config, "--receiver", "file", "--json");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).startsWith("{\"receiver\":\"file\"").contains("\"good\":true");
    ran = Ran.wgwhy("alert", "test", "--config", config, "--receiver", "none");
    assertThat(ran.exit()).isEqualTo(Exit.UNUSABLE);
  }

  @Test
  void a_silence_is_begun_listed_and_ended() {
    Ran begun =
        silence("--host", "srv", "--until", "2h", "--because", "maintenance", "--tenant", "acme");
    assertThat(begun.exit()).isZero();
    String id = begun.out().strip();
    Ran listed = Ran.wgwhy("alert", "silences", "--config", config);
    assertThat(listed.out()).contains(id, "tenant acme, host srv", "maintenance");
    assertThat(silence("--end", id).exit()).isZero();
    assertThat(silence("--end", id).err()).contains("there is no such silence now");
    assertThat(Ran.wgwhy("alert", "silences", "--config", config).out()).isEmpty();
    assertThat(Ran.wgwhy("alert", "silences", "--all", "--config", config).out()).contains(id);
    assertThat(Ran.wgwhy("alert", "silences", "--all", "--json", "--config", config).out())
        .startsWith("{\"id\":\"" + id);
  }

  @Test
  void a_silence_of_everything_or_without_end_is_refused() {
    assertThat(silence("--until", "2h").err()).contains("a silence of everything");
    assertThat(silence("--host", "srv").err()).contains("a silence without end");
    assertThat(silence("--host", "srv", "--until", "soon").exit()).isEqualTo(Exit.UNUSABLE);
    assertThat(silence("--host", "srv", "--until", "25:00").err())
        .contains("--until takes 14:00, 2h or 2026-11-22T14:00:00Z, not 25:00");
    assertThat(silence("--finding", "5d41402a").exit()).isZero();
  }

  @Test
  void an_id_that_may_be_many_findings_is_refused() {
    Ran ran = silence("--finding", "5d");

    assertThat(ran.exit()).isEqualTo(Exit.UNUSABLE);
    assertThat(ran.err()).contains("--finding 5d may be many");
  }

  @Test
  void without_settings_it_says_what_is_missing() {
    Ran ran = Ran.wgwhy("alert", "--config", folder.resolve("none").toString());
    assertThat(ran.exit()).isEqualTo(Exit.UNUSABLE);
    assertThat(ran.err()).contains("cannot read " + folder.resolve("none"));
  }

  @Test
  void without_kafka_it_ends_with_3() {
    Ran ran = Ran.wgwhy("alert", "--config", config, "--bootstrap-server", "127.0.0.1:1");
    assertThat(ran.exit()).isEqualTo(Exit.NO_KAFKA);
  }

  private Ran silence(String... args) {
    String[] all = new String[4 + args.length];
    System.arraycopy(new String[] {"alert", "silence", "--config", config}, 0, all, 0, 4);
    System.arraycopy(args, 0, all, 4, args.length);
    return Ran.wgwhy(all);
  }
}
