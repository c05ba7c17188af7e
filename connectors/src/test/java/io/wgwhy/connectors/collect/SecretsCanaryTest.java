package io.wgwhy.connectors.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.output.Parsed;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Observation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are planted into every input come out nowhere. */
class SecretsCanaryTest {
  private static final Pattern PRIVATE =
      Pattern.compile(
          "(?i)(private[ _-]?key(?:\\s*[:=]|[ ])\\s*['\"]?)[^\\s'\"]+"
              + "|(preshared[ _-]?key(?:\\s*[:=]|[ ])\\s*['\"]?)[^\\s'\"]+");

  private final Parsers parsers =
      new Parsers(Secrets.withTenantKey("tenant".getBytes(StandardCharsets.UTF_8)));

  static List<Golden> pairs() {
    return Golden.all();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void planted_keys_do_not_come_out(Golden pair) throws Exception {
    Random random = new Random(pair.name().hashCode());
    for (int i = 0; i < 5; i++) {
      byte[] bytes = new byte[32];
      random.nextBytes(bytes);
      String canary = Base64.getEncoder().encodeToString(bytes);
      for (String planted : plant(pair.output(), canary, random)) {
        // Whole, and without its end: a cut key is a secret, too.
        for (String text : List.of(planted, planted.replace(canary, canary.substring(0, 41)))) {
          assertSilent(pair.observation(text), canary);
          assertSilent(Parsers.with(pair.observation(), "", null, text), canary);
        }
      }
    }
  }

  @Test
  void a_key_without_a_place_does_not_come_out() throws Exception {
    String canary = "cGFzc3dvcmRwYXNzd29yZHBhc3N3b3JkcGFzc3dvcmQ=";
    for (String command :
        List.of("", "wg show all dump", "wg show", "cat /etc/wireguard/wg0.conf", "journalctl")) {
      assertSilent(observation(command, canary + "\n"), canary);
      assertSilent(observation(command, "peer(" + canary + ") - Received invalid\n"), canary);
    }
  }

  /** It was pasted where the peer's public key should be. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[Interface]\nPrivateKey = KEY\n[Peer]\nPublicKey = KEY\nAllowedIPs = 10.0.0.2/32\n",
        "[Peer]\nPublicKey = KEY\nAllowedIPs = 10.0.0.2/32\n[Interface]\nPrivateKey = KEY\n",
        "KEY\tPUBLIC\t51820\toff\nKEY\t(none)\t(none)\t10.0.0.2/32\t0\t0\t0\toff\n",
        "wg0\tKEY\tPUBLIC\t51820\toff\nwg0\tKEY\t(none)\t(none)\t10.0.0.2/32\t0\t0\t0\toff\n",
      })
  void a_private_key_in_the_peers_place_does_not_come_out(String text) throws Exception {
    String canary = "4GgaQCy68nzNsyE81WN1vJvfrEDnBRyV0JHVJ0Twg0c=";
    String output =
        text.replace("KEY", canary)
            .replace("PUBLIC", "2YvtR3+seMVrZnEohU3/2OO9MwqynnoPuU8o/vI5w1E=");
    String command =
        text.startsWith("[")
            ? "cat /etc/wireguard/wg0.conf"
            : text.startsWith("wg0") ? "wg show all dump" : "wg show wg0 dump";
    for (Observation it : List.of(observation(command, output), observation("", output))) {
      Parsed parsed = parsers.parse(it);
      assertThat(parsed.facts()).isNotEmpty();
      assertThat(Golden.json(parsed) + parsed).doesNotContain(canary.substring(0, 40));
      assertThat(Redaction.of(it).output()).doesNotContain(canary.substring(0, 40));
    }
  }

  private static List<String> plant(String output, String canary, Random random) {
    List<String> texts = new ArrayList<>();
    Matcher secret = PRIVATE.matcher(output);
    texts.add(
        secret.replaceAll(
            found -> (found.group(1) == null ? found.group(2) : found.group(1)) + canary));
    // First key column of a dump's interface line; preshared column of a peer's.
    texts.add(
        output.replaceAll(
            "(?m)^(\\S+\\s+)?\\S+(\\s+\\S{43}=\\s+\\d+\\s+(?:off|0x))", "$1" + canary + "$2"));
    texts.add(output.replace("\t(none)\t", "\t" + canary + "\t").replace("(hidden)", canary));
    String[] lines = output.split("\n", -1);
    int at = random.nextInt(lines.length);
    lines[at] = random.nextBoolean() ? canary : "Line unrecognized: `" + canary + "'";
    texts.add(String.join("\n", lines));
    return texts;
  }

  private void assertSilent(Observation observation, String canary) throws Exception {
    Parsed parsed = parsers.parse(observation);
    String told = Golden.json(parsed) + parsed + observation;
    assertThat(told).doesNotContain(canary).doesNotContain(canary.substring(0, 40));
  }

  private static Observation observation(String command, String output) {
    return new Observation(1795350600, "srv", command, null, output, null, null, null);
  }
}
