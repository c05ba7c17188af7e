package io.wgwhy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.finding.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * People paste the commands of the pages into a shell: each must be one that it can read. (What is
 * not known stands as {@code <PORT>}, which no shell takes: rightly.)
 */
class RemedyCommandsTest {
  /** Names that rules bind, with values as hostile as a value can be. */
  private static final List<String> BOUND =
      List.of(
          "host",
          "iface",
          "tool",
          "subject",
          "device",
          "address",
          "target",
          "right",
          "command",
          "missing",
          "denied",
          "reason",
          "name",
          "old",
          "new",
          "by",
          "from",
          "to",
          "came",
          "configured",
          "running",
          "keyword",
          "network",
          "setting",
          "prefix",
          "port",
          "endpoint");

  @TempDir private Path folder;

  @Test
  void a_shell_can_read_every_command_of_every_page() throws Exception {
    List<String> commands = new ArrayList<>();
    for (Cause cause : RuleBook.builtIn().causes()) {
      for (Map<String, Object> values : List.of(values("wg0"), values("it's; $(false) \"x\""))) {
        commands.addAll(commands(cause, values));
      }
    }
    assertThat(commands).hasSizeGreaterThan(300);
    assertThat(unreadable(commands)).isEmpty();
  }

  private static List<String> commands(Cause cause, Map<String, ?> values) {
    List<String> all = new ArrayList<>();
    Finding.Remedy remedy = cause.remedy(values);
    for (Finding.Step step : remedy.steps()) {
      all.add(step.run());
      if (step.undo() != null) {
        all.add(step.undo());
      }
    }
    if (remedy.verify() != null) {
      all.add(remedy.verify().run());
    }
    Finding.NextObservation look = cause.look(values);
    if (look != null) {
      all.add(look.run());
    }
    return all;
  }

  /** What bash says of those that it cannot parse. They are not run. */
  private String unreadable(List<String> commands) throws IOException, InterruptedException {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < commands.size(); i++) {
      script.append("f").append(i).append("() {\n").append(commands.get(i)).append("\n}\n");
    }
    Path file = Files.writeString(folder.resolve("commands.sh"), script);
    Process bash =
        new ProcessBuilder("bash", "-n", file.toString()).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return bash.waitFor() == 0 ? "" : said;
  }

  private static Map<String, Object> values(String value) {
    Map<String, Object> all = new LinkedHashMap<>();
    BOUND.forEach(name -> all.put(name, value));
    Map<String, Object> end = new LinkedHashMap<>();
    for (String name :
        List.of(
            "name",
            "host",
            "iface",
            "publicKey",
            "peerKey",
            "listenPort",
            "keepalive",
            "mtu",
            "address",
            "device")) {
      end.put(name, value);
    }
    all.put("initiator", end);
    all.put("responder", end);
    return all;
  }
}
