package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as people and scripts use it. */
class DiagnoseCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ONE = "EpRHpdMrJ6CnBKRY41wTsAieCgTQ0gej6RZPpMefmRU=";
  private static final String OTHER = "2YvtR3+seMVrZnEohU3/2OO9MwqynnoPuU8o/vI5w1E=";

  @TempDir Path folder;

  @Test
  void a_broken_tunnel_is_exit_code_1_and_the_report_names_the_cause() {
    Ran ran = Ran.wgwhy("diagnose", Samples.blocked());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .contains("srv's firewall drops WireGuard's packets (confirmed).")
        .contains("─✗ delivered 0")
        .contains("● 11 udp-port-blocked-by-host-firewall")
        .contains("sudo ufw allow 51820/udp");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void a_working_tunnel_is_exit_code_0() {
    Ran ran = Ran.wgwhy("diagnose", Samples.healthy());

    assertThat(ran.out()).contains("Nothing wrong was found.", "cli wg0 → srv wg0: works");
    assertThat(ran.exit()).isZero();
  }

  @Test
  void json_is_one_object_of_findings_healthy_and_unread() throws IOException {
    Ran ran = Ran.wgwhy("diagnose", "--json", Samples.blocked());

    JsonNode answer = JSON.readTree(ran.out());
    assertThat(answer.fieldNames()).toIterable().containsExactly("findings", "healthy", "unread");
    JsonNode first = answer.get("findings").get(0);
    assertThat(first.get("cause").asText()).isEqualTo("udp-port-blocked-by-host-firewall");
    assertThat(first.get("confidence").asText()).isEqualTo("confirmed");
    assertThat(first.get("network").asText()).isEqualTo("default");
    assertThat(first.get("openedAt").asText()).matches("2026-.*Z");
    assertThat(first.get("resolvedAt").isNull()).isTrue();
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void the_same_recording_gives_the_same_answer_byte_for_byte() {
    assertThat(Ran.wgwhy("diagnose", "--json", Samples.blocked()))
        .isEqualTo(Ran.wgwhy("diagnose", "--json", Samples.blocked()));
  }

  @Test
  void a_recording_is_read_from_the_standard_input() throws IOException {
    Ran ran = Ran.withInput(Files.readString(Samples.BLOCKED), "diagnose", "--json", "-");

    assertThat(ran).isEqualTo(Ran.wgwhy("diagnose", "--json", Samples.blocked()));
  }

  @Test
  void a_recording_is_recognised_by_its_content() throws IOException {
    Path file = Files.copy(Samples.BLOCKED, folder.resolve("mail-attachment"));

    assertThat(Ran.wgwhy("diagnose", "--json", file.toString()))
        .isEqualTo(Ran.wgwhy("diagnose", "--json", Samples.blocked()));
  }

  @Test
  void unrelated_recordings_are_networks_of_their_own() throws IOException {
    JsonNode findings =
        JSON.readTree(Ran.wgwhy("diagnose", "--json", Samples.blocked(), Samples.healthy()).out())
            .get("findings");

    assertThat(findings).isNotEmpty();
    assertThat(findings)
        .allSatisfy(
            it -> assertThat(it.get("network").asText()).isEqualTo("srv-fw-nft-policy-drop"));
  }

  @Test
  void the_recordings_of_two_ends_are_reasoned_about_together() throws IOException {
    Path srv = write("srv.jsonl", Samples.oneEnd(Samples.BLOCKED, "srv"));
    Path cli = write("cli.jsonl", Samples.oneEnd(Samples.BLOCKED, "cli"));

    List<String> causes = causes(Ran.wgwhy("diagnose", "--json", srv.toString(), cli.toString()));

    assertThat(causes)
        .isEqualTo(causes(Ran.wgwhy("diagnose", "--json", Samples.blocked())))
        .isNotEmpty();
  }

  @Test
  void pasted_outputs_of_two_ends_are_reasoned_about_together() throws IOException {
    Path srv = write("srv.txt", paste(ONE, OTHER, "198.51.100.7"));
    Ran ran =
        Ran.withInput(paste(OTHER, ONE, "203.0.113.10"), "diagnose", "server=" + srv, "client=-");

    assertThat(ran.out() + ran.err()).contains("client wg0", "server wg0");
    assertThat(ran.exit()).isLessThan(2);
  }

  @Test
  void a_paste_without_a_name_is_called_after_its_file() throws IOException {
    assertThat(
            Ran.wgwhy(
                    "diagnose", write("gateway.txt", paste(ONE, OTHER, "198.51.100.7")).toString())
                .out())
        .contains("gateway wg0");
  }

  @Test
  void the_standard_input_is_read_once() {
    Ran ran = Ran.wgwhy("diagnose", "-", "server=-");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).hasLineCount(1).contains("only once");
  }

  @Test
  void a_live_look_that_is_too_short_to_see_anything_is_refused() {
    Ran ran = Ran.wgwhy("diagnose", "--seconds", "3");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("--seconds takes 10 to");
  }

  /** Whatever machine this is: it can be looked at, and what was seen can be diagnosed again. */
  @Tag("slow")
  @Test
  void without_a_file_it_looks_at_this_host(@TempDir Path folder) throws IOException {
    Path recording = folder.resolve("seen.jsonl");

    Ran live = Ran.wgwhy("diagnose", "--json", "--seconds", "10", "--record", recording.toString());
    Ran again = Ran.wgwhy("diagnose", "--json", recording.toString());

    assertThat(live.exit()).isIn(0, 1);
    assertThat(live.err()).contains("looking at ", " for 10 s");
    assertThat(Files.getPosixFilePermissions(recording)).hasSize(2);
    assertThat(Files.readAllLines(recording)).hasSizeGreaterThan(20);
    assertThat(again.exit()).isEqualTo(live.exit());
  }

  @Test
  void a_missing_file_alone_is_exit_code_2() {
    Ran ran = Ran.wgwhy("diagnose", "nowhere.jsonl");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).contains("nowhere.jsonl: no such file");
    assertThat(ran.err()).hasLineCount(1).contains("nothing could be read");
  }

  @Test
  void a_missing_file_beside_a_good_one_is_told_and_the_good_one_diagnosed() {
    Ran ran = Ran.wgwhy("diagnose", "nowhere.jsonl", Samples.blocked());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("nowhere.jsonl: no such file", "(confirmed).");
  }

  private static String paste(String key, String peer, String endpoint) {
    return """
        interface: wg0
          public key: %s
          private key: (hidden)
          listening port: 51820

        peer: %s
          endpoint: %s:51820
          allowed ips: 10.66.66.0/24
          transfer: 0 B received, 2.60 KiB sent
        """
        .formatted(key, peer, endpoint);
  }

  private static List<String> causes(Ran ran) throws IOException {
    List<String> causes = new ArrayList<>();
    JSON.readTree(ran.out()).get("findings").forEach(it -> causes.add(it.get("cause").asText()));
    return causes;
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
  }
}
