package io.wgwhy.connectors.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.collect.output.Unread;
import io.wgwhy.facts.Observation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private static final String PRIVATE = "yPilHqPIf70Ep6ASVViR7N3ARCwi9q4RkpvghDQhNHg=";
  private static final String PRESHARED = "mZJ0cXx5Rfdj1K3n3Sgk1DqX0VYxX0H0RUmJcZ1bXkE=";
  private static final String PUBLIC = "2YvtR3+seMVrZnEohU3/2OO9MwqynnoPuU8o/vI5w1E=";

  static Stream<Path> recordings() throws IOException {
    return Files.list(Path.of("../recordings")).filter(it -> it.toString().endsWith(".jsonl"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PrivateKey = KEY",
        "PrivateKey=KEY # mine",
        "presharedkey =KEY",
        "  private key: KEY",
        "option private_key 'KEY'",
        "\"PresharedKey\": \"KEY\"",
        "private_key=KEY",
        "PrivateKye = KEY",
        "PostUp = wg set %i private-key <(echo KEY)",
        "[#] wg set wg0 peer PUBLIC preshared-key KEY",
        "Key is not the correct length or format: `KEY'",
        "Line unrecognized: `PrivateKye=KEY'",
        "KEY",
        "echo KEY | wg pubkey",
        "wg pubkey KEY",
        "set interfaces wireguard wg0 private-key 'KEY'",
        "set interfaces wireguard wg0 peer PUBLIC preshared-key KEY",
        "PublicKey = PUBLIC PrivateKey = KEY",
      })
  void a_key_is_cut_wherever_it_stands(String line) {
    for (String key : List.of(PRIVATE, PRIVATE.substring(0, 42), PRIVATE.substring(3))) {
      String text = line.replace("KEY", key).replace("PUBLIC", PUBLIC);
      assertThat(cut("cat /etc/wireguard/wg0.conf", text)).doesNotContain(key.substring(4, 30));
      assertThat(cut("journalctl -u wg-quick@wg0", text)).doesNotContain(key.substring(4, 30));
      assertThat(cut("", text)).doesNotContain(key.substring(4, 30));
    }
  }

  @Test
  void a_short_secret_is_cut_where_a_secret_stands() {
    assertThat(cut("cat wg0.conf", "PrivateKey = abc")).isEqualTo("PrivateKey = (hidden)");
    assertThat(cut("wg-quick up wg0", "Key is not the correct length or format: `abc'"))
        .doesNotContain("abc");
  }

  @Test
  void public_keys_stay() {
    assertThat(cut("cat wg0.conf", "PublicKey = " + PUBLIC)).contains(PUBLIC);
    assertThat(cut("wg show", "peer: " + PUBLIC)).contains(PUBLIC);
    assertThat(cut("wg show", "  public key: " + PUBLIC)).contains(PUBLIC);
    assertThat(cut("show configuration", "  pubkey " + PUBLIC)).contains(PUBLIC);
    assertThat(cut("show configuration", "  peer \"" + PUBLIC + "\" {")).contains(PUBLIC);
    assertThat(cut("", "set interfaces wireguard wg0 peer hq pubkey '" + PUBLIC + "'"))
        .contains(PUBLIC);
    assertThat(cut("wg-quick up wg0", "[#] wg set wg0 peer " + PUBLIC + " x")).contains(PUBLIC);
  }

  @Test
  void what_says_that_there_is_no_secret_stays() {
    for (String line : List.of("  preshared key: (hidden)", "PresharedKey = (none)")) {
      assertThat(cut("wg show", line)).isEqualTo(line);
    }
  }

  @Test
  void a_dump_is_cut_by_columns() {
    String dump =
        "wg0\t%s\t%s\t51820\toff\nwg0\t%s\t%s\t(none)\t10.0.0.2/32\t0\t0\t0\toff\n"
            .formatted(PRIVATE, PUBLIC, PUBLIC, PRESHARED);
    assertThat(cut("wg show all dump", dump))
        .isEqualTo(
            "wg0\t(hidden)\t%s\t51820\toff\nwg0\t%s\t(hidden)\t(none)\t10.0.0.2/32\t0\t0\t0\toff\n"
                .formatted(PUBLIC, PUBLIC));
    assertThat(cut("wg show wg0 dump", dump.replace("wg0\t", "")))
        .doesNotContain(PRIVATE, PRESHARED);
    assertThat(cut("wg show all dump", dump.replace('\t', ' '))).doesNotContain(PRIVATE, PRESHARED);
    assertThat(cut("sudo wg show all dump", dump.substring(0, 30))).doesNotContain("yPilHqPI");
  }

  /** The secrets of the laboratory's hosts are in their configurations and dumps. */
  @ParameterizedTest
  @MethodSource("recordings")
  void no_secret_of_a_real_host_survives_and_no_fact_but_those_of_keys_is_lost(Path recording)
      throws IOException {
    List<Observation> observations = new ArrayList<>();
    try (InputStream in = Files.newInputStream(recording)) {
      RecordingReader.read(in, observations::add, unread -> {});
    }
    Set<String> secrets = new HashSet<>();
    observations.forEach(it -> secrets.addAll(secrets(it)));
    assertThat(secrets).isNotEmpty();
    StringBuilder all = new StringBuilder();
    observations.forEach(it -> all.append(RecordingWriter.line(it)));
    assertThat(all.toString()).doesNotContain(secrets);

    List<Observation> again = new ArrayList<>();
    List<Unread> unread = new ArrayList<>();
    RecordingReader.read(
        new ByteArrayInputStream(all.toString().getBytes(StandardCharsets.UTF_8)),
        again::add,
        unread::add);
    assertThat(unread).isEmpty();
    assertThat(again).hasSameSizeAs(observations);
    Parsers parsers = new Parsers(Secrets.withoutTenantKey());
    for (int i = 0; i < again.size(); i++) {
      assertThat(again.get(i).at()).isEqualTo(observations.get(i).at());
      if (!observations.get(i).output().contains("PrivateKey")) {
        assertThat(parsers.parse(again.get(i))).isEqualTo(parsers.parse(observations.get(i)));
      }
    }
  }

  private static Set<String> secrets(Observation observation) {
    Set<String> secrets = new HashSet<>();
    for (String line : observation.output().split("\n")) {
      String[] columns = line.split("\t");
      if (columns.length == 5) {
        secrets.add(columns[1]);
      } else if (columns.length == 9) {
        secrets.add(columns[2]);
      } else if (line.matches("(?:PrivateKey|PresharedKey) = .*")) {
        secrets.add(line.replaceFirst(".*? = ", ""));
      }
    }
    secrets.remove("(none)");
    return secrets;
  }

  private static String cut(String command, String output) {
    return Redaction.of(new Observation(1, "srv", command, 0, output, null, null, null)).output();
  }

  @Test
  void a_private_key_that_was_pasted_as_the_peers_public_key_goes_too() {
    String key = "4GgaQCy68nzNsyE81WN1vJvfrEDnBRyV0JHVJ0Twg0c";
    for (String padding : new String[] {"=", ""}) {
      String output =
          "[Peer]\nPublicKey = " + key + padding + "\n[Interface]\nPrivateKey = " + key + "=\n";
      assertThat(cut("cat /etc/wireguard/wg0.conf", output))
          .doesNotContain(key)
          .contains("PublicKey = (hidden)");
    }
  }

  @Test
  void a_line_of_many_keys_is_read_once() {
    String key = "4GgaQCy68nzNsyE81WN1vJvfrEDnBRyV0JHVJ0Twg0c= ";
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> assertThat(cut("dmesg", key.repeat(20_000))).doesNotContain(key.strip()));
  }
}
