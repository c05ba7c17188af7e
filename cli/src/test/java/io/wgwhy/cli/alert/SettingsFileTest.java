package io.wgwhy.cli.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsFileTest {
  private static final String CANARY = "T0PSECRETcanary";

  @TempDir Path folder;

  @Test
  void all_settings_of_the_manual_can_be_read() throws IOException {
    String manual = Files.readString(Path.of("../docs/alerts.md"));
    int begin = manual.indexOf("```yaml\n") + "```yaml\n".length();
    AlertSettings settings = read(manual.substring(begin, manual.indexOf("```", begin)));
    assertThat(settings.receivers())
        .extracting(AlertSettings.Receiver::name)
        .containsExactly("operations", "acme-chat", "oncall", "tickets", "siem", "archive");
    assertThat(settings.receivers())
        .extracting(it -> it.sink().getClass().getName())
        .as("each kind is shown")
        .containsExactlyInAnyOrderElementsOf(
            Kinds.ALL.values().stream().map(Class::getName).toList());
    AlertSettings.Receiver chat = settings.receivers().get(1);
    assertThat(chat.route().tenants()).containsExactly(new Tenant("acme"));
    assertThat(chat.route().severity()).isEqualTo(Severity.MAJOR);
    assertThat(chat.route().confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(chat.group()).startsWith("wgwhy.acme.");
    assertThat(settings.receivers().get(0).group()).isEqualTo("wgwhy-alert.operations");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("", "there are no settings"),
        arguments("receivers: []", "receivers: there is none"),
        arguments("a: [b", "is not YAML in line"),
        arguments("links: x\nlinks: y", "is not YAML"),
        arguments(
            "receiver: []",
            "there is no such setting; there are [links, receivers, refused, silences]"),
        arguments("links: x\nreceivers: [{file: {path: a}}]", "links: is no http or https address"),
        arguments("receivers: [{name: a}]", "receivers[0]: name one of [alertmanager, chat, file,"),
        arguments("receivers: [{slack: {url: a}}]", "receivers[0]: name one of ["),
        arguments("receivers: [{file: {path: a}, mail: {}}]", "receivers[0]: name one of ["),
        arguments("receivers: [{file: {}}]", "receivers[0].file.path: is missing"),
        arguments("receivers: [{file: }]", "receivers[0].file: there are no settings"),
        arguments(
            "receivers: [{file: {path: a, size: 3}}]",
            "receivers[0].file.size: there is no such setting; there are [path]"),
        arguments(
            "receivers: [{file: {path: a}}, {file: {path: b}}]", "there are two of the name file"),
        arguments("receivers: [{name: A B, file: {path: a}}]", "receivers[0]: name: use 1 to 40"),
        arguments(
            "receivers: [{severity: bad, file: {path: a}}]",
            "receivers[0].severity: use one of [critical, major, warning]"),
        arguments("receivers: [{tenants: [A.B], file: {path: a}}]", "cannot name a tenant"),
        arguments(
            "receivers: [{alertmanager: {url: 'localhost:9093'}}]",
            "receivers[0].alertmanager.url: is no http or https address"),
        arguments(
            "receivers: [{alertmanager: {url: 'http://my_host:9093'}}]",
            "receivers[0].alertmanager.url: has a host with an underscore"),
        arguments(
            "receivers: [{alertmanager: {url: 'http://my host/a_b'}}]",
            "receivers[0].alertmanager.url: is no http or https address"),
        arguments(
            "receivers: [{alertmanager: {url: 'http://a', timeout: 10}}]",
            "receivers[0].alertmanager.timeout: cannot be used"),
        arguments(
            "receivers: [{mail: {host: a, from: a@example.org, to: nobody}}]",
            "receivers[0].mail: there is an address that is none"),
        arguments(
            "receivers: [{chat: {url: 'https://hooks.example.org/" + CANARY + "'}}]",
            "receivers[0].chat.url: is a secret: write {file: NAME} or {env: NAME}"),
        arguments(
            "receivers: [{webhook: {url: 'http://a', key: " + CANARY + "}}]",
            "receivers[0].webhook.key: is a secret"),
        arguments("receivers: [{webhook: {url: 'http://a', key: 12345}}]", "key: is a secret"),
        arguments(
            "receivers: [{webhook: {url: 'http://me:" + CANARY + "@a'}}]",
            "receivers[0].webhook.url: holds a password"),
        arguments(
            "receivers: [{webhook: {url: 'http://a', timeout: " + CANARY + "}}]", "timeout: is no"),
        arguments(
            "receivers: [{webhook: {url: 'http://a', ca: [" + CANARY + "]}}]", "cannot be used"),
        arguments(
            "receivers: [{syslog: {host: a, port: " + CANARY + "}}]",
            "receivers[0].syslog.port: cannot be used"),
        arguments(CANARY + ": [ " + CANARY, "is not YAML"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void a_mistake_is_told_by_its_place_and_no_value_is_repeated(String yaml, String says) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(BadSetting.class)
        .hasMessageStartingWith(folder.resolve("alert.yaml").toString())
        .hasMessageContaining(says)
        .hasMessageNotContaining(CANARY);
  }

  @Test
  void a_moment_to_come_is_written_as_people_write_it() {
    ZonedDateTime now = ZonedDateTime.of(2026, 11, 22, 13, 0, 0, 0, ZoneOffset.ofHours(1));
    assertThat(Until.of("14:00", now)).isEqualTo(Instant.parse("2026-11-22T13:00:00Z"));
    assertThat(Until.of("9:30", now)).isEqualTo(Instant.parse("2026-11-23T08:30:00Z"));
    assertThat(Until.of("2h", now)).isEqualTo(Instant.parse("2026-11-22T14:00:00Z"));
    assertThat(Until.of("2026-11-22T14:00:00Z", now))
        .isEqualTo(Instant.parse("2026-11-22T14:00:00Z"));
    for (String wrong : new String[] {"25:00", "soon", "2026-11-22T10:00:00Z", "-1h", "14:00:00"}) {
      assertThatThrownBy(() -> Until.of(wrong, now)).as(wrong).isInstanceOf(BadSetting.class);
    }
  }

  private AlertSettings read(String yaml) throws IOException {
    return SettingsFile.read(Files.writeString(folder.resolve("alert.yaml"), yaml));
  }
}
