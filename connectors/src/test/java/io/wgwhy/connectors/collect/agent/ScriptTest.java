package io.wgwhy.connectors.collect.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.RecordingReader;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.collect.output.Unread;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.WgPeer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script, run by every POSIX shell that this machine has, with tools that print secrets. */
class ScriptTest {
  private static final String PRIVATE = "yPilHqPIf70Ep6ASVViR7N3ARCwi9q4RkpvghDQhNHg=";
  private static final String PRESHARED = "mZJ0cXx5Rfdj1K3n3Sgk1DqX0VYxX0H0RUmJcZ1bXkE=";
  private static final String PUBLIC = "2YvtR3+seMVrZnEohU3/2OO9MwqynnoPuU8o/vI5w1E=";

  @TempDir Path folder;

  /** What this machine may have, and the host of the test has not. */
  private final Set<String> hidden = new TreeSet<>(Set.of("ss", "tcpdump"));

  /** The shells; {@code sh} is always there. */
  static Stream<List<String>> shells() {
    return Stream.of(
            List.of("sh"), List.of("dash"), List.of("bash", "--posix"), List.of("busybox", "sh"))
        .filter(it -> new Programs(Programs.SYSTEM).find(it.get(0)) != null);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void prints_a_recording_without_secrets(List<String> shell) throws Exception {
    tool("wg", "printf '%s'" + " '" + dump() + "'");
    tool("ip", "echo 'ip: unrecognized option: j' >&2; exit 1");
    tool("conntrack", "exit 3");
    tool("nft", "echo 'a \"quoted\" \\\\ back\tslash'; printf '\\033[1m\\377'; echo " + PRIVATE);
    tool("iptables-save", "yes '# nothing' | head -n 150000");
    tool("sudo", "exit 1");

    String printed = run(shell);

    List<Observation> seen = new ArrayList<>();
    List<Unread> unread = new ArrayList<>();
    RecordingReader.read(
        new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)), seen::add, unread::add);
    assertThat(unread).isEmpty();
    assertThat(printed).doesNotContain(PRIVATE, PRESHARED).contains(PUBLIC);
    assertThat(seen).extracting(Observation::host).containsOnly("router");
    assertThat(of("nft", seen).output())
        .startsWith("a \"quoted\" \\ back\tslash\n")
        .contains("(hidden)");
    assertThat(of("conntrack", seen).exit()).isEqualTo(3);
    assertThat(facts(of("wg", seen)))
        .filteredOn(WgPeer.class::isInstance)
        .hasSize(1)
        .allSatisfy(it -> assertThat(((WgPeer) it).publicKey()).isEqualTo(PUBLIC));
    assertThat(facts(of("iptables-save", seen)))
        .singleElement()
        .isInstanceOfSatisfying(
            CommandFailure.class,
            it -> assertThat(it.reason()).isEqualTo(CommandFailure.Reason.TOO_LONG));
    assertThat(facts(of("ss", seen)))
        .singleElement()
        .isInstanceOfSatisfying(
            CommandFailure.class,
            it -> assertThat(it.reason()).isEqualTo(CommandFailure.Reason.NOT_FOUND));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void a_capture_that_died_is_told_once_and_is_no_empty_window(List<String> shell)
      throws Exception {
    List<Observation> windows =
        windows(
            shell,
            "echo 'tcpdump: pcap_loop: The interface disappeared' >&2;"
                + " echo '0 packets captured' >&2; exit 1");

    assertThat(windows).hasSize(2); // in and out
    assertThat(windows)
        .allSatisfy(
            it -> {
              assertThat(it.exit()).isEqualTo(1);
              assertThat(it.output()).isEqualTo("tcpdump: pcap_loop: The interface disappeared\n");
              assertThat(facts(it)).hasOnlyElementsOfType(CommandFailure.class);
            });
  }

  @ParameterizedTest
  @MethodSource("shells")
  void a_capture_that_the_kernel_killed_says_nothing_of_what_came(List<String> shell)
      throws Exception {
    List<Observation> windows = windows(shell, "kill -KILL $$");

    assertThat(windows).hasSize(2);
    assertThat(windows).allSatisfy(it -> assertThat(facts(it)).isEmpty());
  }

  @Test
  void a_capture_that_lives_has_a_window_each_time() throws Exception {
    List<Observation> windows = windows(List.of("sh"), "exec /bin/sleep 60");

    assertThat(windows).hasSize(4);
    assertThat(windows)
        .allSatisfy(
            it ->
                assertThat(facts(it))
                    .singleElement()
                    .isInstanceOfSatisfying(
                        Capture.class, window -> assertThat(window.packets()).isZero()));
  }

  /** What is seen of a capture that begins well and goes on so. */
  private List<Observation> windows(List<String> shell, String goesOn) throws Exception {
    tool("ip", "echo '2: eth0    inet 192.0.2.1/24 scope global eth0'");
    tool("sudo", "exit 1");
    tool("tcpdump", "echo 'listening on eth0, link-type EN10MB (Ethernet)' >&2; " + goesOn);
    hidden.remove("tcpdump");
    String printed = run(shell, "10", "router");
    List<Observation> seen = new ArrayList<>();
    RecordingReader.read(
        new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)), seen::add, any -> {});
    seen.removeIf(it -> !it.command().startsWith("tcpdump "));
    return seen;
  }

  @Test
  void a_name_of_a_device_or_of_the_host_is_never_run() throws Exception {
    tool(
        "wg",
        "case \"$*\" in 'show interfaces') printf '%s\\n' '$(touch HERE)' '-x' '`touch HERE`';; esac");
    tool("ip", "echo '2: $(touch HERE)    inet 192.0.2.1/24 scope global x'");
    tool("sudo", "exit 1");

    run(List.of("sh"), "5", "$(touch " + folder.resolve("pwned") + ")");

    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  @Test
  void runs_what_the_catalogue_holds() {
    String script = Script.text();
    Catalogue.TASKS.stream()
        .map(Task::name)
        .filter(it -> it.matches("(?:ip|wg|ss|nft|iptables-save|ip6tables-save|conntrack|cat) .*"))
        .map(it -> it.replace("ip -j ", "ip $json "))
        .forEach(it -> assertThat(script).contains(it));
    assertThat(script).doesNotContain("@FILTER@").doesNotContain("eval");
  }

  private static Observation of(String program, List<Observation> seen) {
    return seen.stream().filter(it -> it.command().startsWith(program)).findFirst().orElseThrow();
  }

  private static List<Fact> facts(Observation observation) {
    return new Parsers(Secrets.withoutTenantKey()).parse(observation).facts();
  }

  private static String dump() {
    return "wg0\t%s\t%s\t51820\toff\n".formatted(PRIVATE, PUBLIC)
        + "wg0\t%s\t%s\t(none)\t10.0.0.2/32\t0\t0\t0\toff\n".formatted(PUBLIC, PRESHARED);
  }

  private String run(List<String> shell, String... arguments) throws Exception {
    // The script's own search path, with our tools first; of BusyBox all that it has, and no more.
    String system = "/usr/bin:/bin";
    if (shell.get(0).equals("busybox")) {
      Path applets = Files.createDirectory(folder.resolve("applets"));
      new ProcessBuilder("busybox", "--install", "-s", applets.toString()).start().waitFor();
      system = applets.toString();
    }
    String script =
        Script.text()
            .replaceFirst("PATH=[^\n]*", "PATH=" + folder + ":" + system)
            .replace("has() { ", "has() { " + hiding())
            .replace("sleep 5", "sleep 1");
    Path file = Files.writeString(folder.resolve("collect.sh"), script);
    List<String> words = new ArrayList<>(shell);
    words.add(file.toString());
    words.addAll(arguments.length == 0 ? List.of("5", "router") : List.of(arguments));
    Process process =
        new ProcessBuilder(words)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    for (Path link : Files.exists(folder.resolve("applets")) ? list("applets") : List.<Path>of()) {
      Files.delete(link); // JUnit would warn of each.
    }
    return printed;
  }

  private String hiding() {
    return String.join("", hidden.stream().map("[ \"$1\" != %s ] && "::formatted).toList());
  }

  private List<Path> list(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.toList();
    }
  }

  private void tool(String name, String script) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve(name),
            "#!/bin/sh\n" + script.replace("HERE", folder.resolve("pwned").toString()) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
