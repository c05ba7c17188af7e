package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are planted wherever an input can hold one; none comes out again. */
class SecretsTest {
  private static final String PRIVATE = "yPilHqPIf70Ep6ASVViR7N3ARCwi9q4RkpvghDQhNHg=";
  private static final String PRESHARED = "mZJ0cXx5Rfdj1K3n3Sgk1DqX0VYxX0H0RUmJcZ1bXkE=";
  private static final List<String> SECRETS =
      List.of(PRIVATE, PRESHARED, PRIVATE.substring(0, 20), PRESHARED.substring(0, 20));

  @TempDir Path folder;

  @Test
  void no_key_of_a_recording_is_shown() throws IOException {
    assertClean(recording());
  }

  @Test
  void no_key_of_a_pasted_output_is_shown() throws IOException {
    assertClean(config());
    assertClean(dump());
    assertClean(
        "root@srv:~# wg showconf wg0\n" + config() + "root@srv:~# wg show all dump\n" + dump());
    assertClean(config().replace("\n", " ") + "\n\n" + dump().replace('\t', ' '));
  }

  @Test
  void no_key_of_a_line_that_cannot_be_read_is_shown() throws IOException {
    String good = recording();
    assertClean(good.substring(0, good.length() / 2) + "\n" + good);
    assertClean(good + "PrivateKey = " + PRIVATE + "\n{\"PresharedKey\": \"" + PRESHARED + "\n");
    assertClean(good + line("1", "wg set wg0 private-key " + PRIVATE, PRIVATE));
    assertClean(
        good + line("1", PRIVATE, "PrivateKey = " + PRIVATE + "\nPresharedKey=" + PRESHARED));
    assertClean(good + line("\"" + PRIVATE + "\"", "wg", PRESHARED));
    assertClean("PrivateKey = " + PRIVATE + "\nPresharedKey = " + PRESHARED + " # old\n");
  }

  private void assertClean(String input) throws IOException {
    Path file = Files.writeString(folder.resolve("input"), input, StandardCharsets.UTF_8);
    for (String option : List.of("--all", "--json", "--verbose")) {
      Ran ran = Ran.wgwhy("diagnose", option, file.toString());

      assertThat(ran.out() + ran.err()).isNotEmpty().doesNotContain(SECRETS);
    }
    Ran.wgwhy("diagnose", file.toString());
  }

  private static String recording() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(Samples.BLOCKED));
    lines.add(line("1795349659.9", "wg show all dump", dump()));
    lines.add(line("1795349659.9", "cat /etc/wireguard/wg0.conf", config()));
    lines.add(line("1795349659.9", "wg show", dump()));
    lines.add(line("1795349659.9", "", config()));
    return String.join("\n", lines) + "\n";
  }

  private static String line(String at, String command, String output) throws IOException {
    ObjectMapper json = new ObjectMapper();
    String text =
        json.writeValueAsString(Map.of("host", "cli", "command", command, "output", output));
    return "{\"at\": " + at + ", " + text.substring(1) + "\n";
  }

  private static String config() {
    return """
        [Interface]
        PrivateKey = %s
        Address = 10.66.66.2/24
        PostUp = wg set %%i private-key <(echo %s)

        [Peer]
        PublicKey = 2YvtR3+seMVrZnEohU3/2OO9MwqynnoPuU8o/vI5w1E=
        PresharedKey = %s
        AllowedIPs = 10.66.66.0/24
        Endpoint = 203.0.113.10:51820
        """
        .formatted(PRIVATE, PRIVATE, PRESHARED);
  }

  private static String dump() {
    return String.join(
            "\t", "wg0", PRIVATE, "EpRHpdMrJ6CnBKRY41wTsAieCgTQ0gej6RZPpMefmRU=", "39931", "off")
        + "\n"
        + String.join(
            "\t",
            "wg0",
            "2YvtR3+seMVrZnEohU3/2OO9MwqynnoPuU8o/vI5w1E=",
            PRESHARED,
            "203.0.113.10:51820",
            "10.66.66.0/24",
            "0",
            "0",
            "148",
            "25")
        + "\n";
  }
}
