package io.wgwhy.connectors.collect.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.CommandFailure.Reason;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.NameLookup;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.WgPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host made of scripts, in folders that stand for the system's. */
@Timeout(60)
class CollectorTest {
  private static final String KEY = "2YvtR3+seMVrZnEohU3/2OO9MwqynnoPuU8o/vI5w1E=";

  @TempDir Path folder;
  private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void host() throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    Files.createDirectories(folder.resolve("etc"));
    program(
        "wg",
        "printf 'wg0\\t(none)\\t%s\\t51820\\toff\\n' "
            + KEY
            + "; printf 'wg0\\t%s\\t(none)\\t203.0.113.10:51820\\t10.0.0.1/32\\t0\\t0\\t148\\toff\\n' "
            + KEY);
    program(
        "ip",
        "case \"$*\" in '-j addr')"
            + " echo '[{\"ifname\":\"eth0\",\"addr_info\":[{\"local\":\"192.0.2.1\",\"prefixlen\":24,"
            + "\"scope\":\"global\"}]}]';; esac");
  }

  @Test
  void what_is_missing_is_an_observation() throws Exception {
    try (Collector collector = collector()) {
      collector.look();
    }
    assertThat(facts(CommandFailure.class))
        .filteredOn(it -> it.reason() == Reason.NOT_FOUND)
        .extracting(CommandFailure::command)
        .contains("tcpdump", "nft", "conntrack", "ss", "journalctl");
  }

  @Test
  void what_is_asked_follows_from_what_is_there() throws Exception {
    Files.writeString(
        folder.resolve("etc/wg1.conf"),
        "[Interface]\nListenPort = 51821\n[Peer]\nPublicKey = "
            + KEY
            + "\nEndpoint = vpn.example.org:51820\n[Peer]\nEndpoint = -x:1\n"
            + "[Peer]\nEndpoint = $(touch x):1\n");
    try (Collector collector = collector()) {
      collector.look();
    }
    assertThat(commands())
        .contains("ip route get 203.0.113.10", "ip route get 10.0.0.1")
        .contains("getent ahosts vpn.example.org")
        .noneMatch(it -> it.startsWith("getent ahosts -") || it.contains("touch"))
        .contains("cat " + folder.resolve("etc/wg1.conf"))
        .anyMatch(it -> it.startsWith("journalctl -u wg-quick@wg0 "))
        .anyMatch(it -> it.startsWith("journalctl -u wg-quick@wg1 "))
        .anyMatch(it -> it.contains("net/ipv4/conf/eth0/rp_filter"))
        .anyMatch(it -> it.startsWith("tcpdump ") && it.contains(" -i eth0 -Q in "));
  }

  @Test
  void hostile_names_of_devices_and_files_are_passed_over() throws Exception {
    program(
        "wg",
        "printf '%s\\t(none)\\t%s\\t51820\\toff\\n' '$(touch HERE)' KEY '-n' KEY '../../x' KEY '*' KEY"
            .replace("KEY", KEY));
    program(
        "ip",
        "case \"$*\" in '-j addr') echo '[{\"ifname\":\"-z;touch HERE\",\"addr_info\":"
            + "[{\"local\":\"192.0.2.1\",\"prefixlen\":24,\"scope\":\"global\"}]}]';; esac");
    for (String name : List.of("$(touch x).conf", "-n.conf", "..conf", "a b.conf", "`id`.conf")) {
      Files.writeString(folder.resolve("etc").resolve(name), "[Interface]\n");
    }
    try (Collector collector = collector()) {
      collector.look();
    }
    assertThat(commands())
        .noneMatch(it -> it.startsWith("journalctl") || it.startsWith("tcpdump"))
        .noneMatch(it -> it.startsWith("cat " + folder))
        .noneMatch(it -> it.contains("touch"));
    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  @Test
  void a_bridge_that_the_default_route_leads_to_is_an_outer_device() throws Exception {
    program(
        "ip",
        "case \"$*\" in '-j addr') echo '[{\"ifname\":\"br-wan\",\"addr_info\":[{\"local\":\"192.0.2.1\","
            + "\"prefixlen\":24,\"scope\":\"global\"}]},{\"ifname\":\"br-lan\",\"addr_info\":[{\"local\":"
            + "\"10.9.9.1\",\"prefixlen\":24,\"scope\":\"global\"}]}]';; '-j route show table all')"
            + " echo '[{\"dst\":\"default\",\"gateway\":\"192.0.2.254\",\"dev\":\"br-wan\"}]';; esac");
    try (Collector collector = collector()) {
      collector.look();
    }
    assertThat(commands())
        .anyMatch(it -> it.startsWith("tcpdump ") && it.contains(" -i br-wan "))
        .noneMatch(it -> it.startsWith("tcpdump ") && it.contains(" -i br-lan "));
  }

  @Tag("slow")
  @Test
  void another_name_in_a_configuration_is_asked_for_at_once() throws Exception {
    program("getent", "echo \"$2\" >> " + folder.resolve("asked") + "; exit 2");
    program("ip", "case \"$*\" in '-o monitor link'*) /bin/sleep 2; echo '5: wg1: <UP>';; esac");
    try (Collector collector = collector()) {
      collector.start();
      Files.writeString(
          folder.resolve("etc/wg1.conf"),
          "[Interface]\n[Peer]\nPublicKey = " + KEY + "\nEndpoint = vnp.example.org:51820\n");
      Thread.sleep(12_000);
    }
    assertThat(folder.resolve("asked")).content().isEqualTo("vnp.example.org\n");
    assertThat(facts(NameLookup.class))
        .singleElement()
        .satisfies(it -> assertThat(it.addresses()).isEmpty());
  }

  @Tag("slow")
  @Test
  void captures_go_on_in_windows_and_end_with_the_collector() throws Exception {
    program(
        "tcpdump",
        "echo \"listening on $9, link-type EN10MB\" >&2; echo $$ >> "
            + folder.resolve("pids")
            + "; while :; do echo '1795350600.100000 IP 198.51.100.20.4 > 203.0.113.10.51820: UDP,"
            + " length 148'; /bin/sleep 1; done");
    try (Collector collector = collector()) {
      collector.start();
      Thread.sleep(11_500);
    }
    List<Capture> captures = facts(Capture.class);
    assertThat(captures).hasSizeBetween(2, 6);
    assertThat(captures)
        .allSatisfy(
            it -> {
              assertThat(it.device()).isEqualTo("eth0");
              assertThat(it.packets()).isBetween(4, 7);
              assertThat(it.filter().yes()).isTrue();
              assertThat(it.data().no()).isTrue();
            });
    assertThat(facts(WgPeer.class)).hasSizeBetween(3, 4);
    for (String pid : Files.readAllLines(folder.resolve("pids"))) {
      Path stat = Path.of("/proc", pid, "stat");
      assertThat(!Files.exists(stat) || Files.readString(stat).contains(") Z")).isTrue();
    }
  }

  @Tag("slow")
  @Test
  void a_capture_that_may_not_look_is_an_observation() throws Exception {
    program(
        "tcpdump",
        "echo \"tcpdump: eth0: You don't have permission to perform this capture on that device\" >&2;"
            + " exit 1");
    try (Collector collector = collector()) {
      collector.start();
      Thread.sleep(5_500);
    }
    assertThat(facts(CommandFailure.class))
        .filteredOn(it -> it.command().equals("tcpdump"))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.reason()).isEqualTo(Reason.NOT_PERMITTED));
  }

  @Tag("slow")
  @Test
  void a_filter_that_changes_all_the_time_does_not_hold_up_the_peers() throws Exception {
    String monitored = "while :; do echo change; /bin/sleep 0.2; done";
    program(
        "nft",
        "case \"$1\" in monitor) "
            + monitored
            + ";; *) /bin/sleep 3; echo '{\"nftables\": []}';; esac");
    try (Collector collector = collector()) {
      collector.start();
      Thread.sleep(16_500);
    }
    assertThat(commands()).filteredOn(it -> it.startsWith("nft ")).hasSizeBetween(1, 2);
    assertThat(commands())
        .as("at the beginning and every 5 s")
        .filteredOn(it -> it.startsWith("wg "))
        .hasSizeBetween(4, 5);
  }

  @Tag("slow")
  @Test
  void names_that_nobody_answers_for_are_asked_for_at_once() throws Exception {
    StringBuilder conf = new StringBuilder("[Interface]\nListenPort = 51821\n");
    for (int i = 0; i < 8; i++) {
      conf.append("[Peer]\nPublicKey = ").append(KEY);
      conf.append("\nEndpoint = vpn").append(i).append(".example.org:51820\n");
    }
    Files.writeString(folder.resolve("etc/wg1.conf"), conf);
    program("getent", "exec /bin/sleep 30");
    long began = System.nanoTime();
    try (Collector collector = collector()) {
      collector.look();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    assertThat(facts(CommandFailure.class))
        .filteredOn(it -> it.command().equals("getent"))
        .hasSize(8)
        .allSatisfy(it -> assertThat(it.reason()).isEqualTo(Reason.TIMED_OUT));
  }

  @Test
  void what_does_not_fit_into_the_memory_is_an_observation_and_the_rest_goes_on() throws Exception {
    program("ss", "echo 'UNCONN 0 0 0.0.0.0:51820 0.0.0.0:*'");
    Collector.Sink full =
        it -> {
          boolean first = seen.stream().noneMatch(old -> isOf("ss", old));
          seen.add(it);
          if (first && isOf("ss", it)) {
            throw new OutOfMemoryError("as a large output would");
          }
        };
    try (Collector collector = collector(full)) {
      collector.look();
    }
    assertThat(facts(CommandFailure.class))
        .filteredOn(it -> it.command().equals("ss"))
        .extracting(CommandFailure::reason)
        .containsExactly(Reason.TOO_LONG);
    assertThat(commands()).anyMatch(it -> it.startsWith("ip route get "));
  }

  private static boolean isOf(String program, Seen it) {
    return it.observation().command().startsWith(program + " ");
  }

  @Test
  void nothing_is_sent_to_an_address_outside_of_the_tunnels() throws Exception {
    program("ping", "echo pinged");
    try (Collector collector = collector()) {
      collector.look();
      assertThat(collector.ping("10.0.0.2", Duration.ofSeconds(1))).isFalse();
      assertThat(collector.ping("-f", Duration.ofSeconds(1))).isFalse();
      assertThat(collector.ping("10.0.0.0/24", Duration.ofSeconds(1))).isFalse();
      assertThat(commands()).noneMatch(it -> it.startsWith("ping"));
      assertThat(collector.ping("10.0.0.1", Duration.ofSeconds(1))).isTrue();
      Thread.sleep(500);
    }
    assertThat(commands()).anyMatch(it -> it.startsWith("ping") && it.endsWith("10.0.0.1"));
  }

  private Collector collector() {
    return collector(seen::add);
  }

  private Collector collector(Collector.Sink sink) {
    return new Collector(
        new Collector.Identity("srv", null, null),
        new Parsers(Secrets.withoutTenantKey()),
        sink,
        Times.ownOnly(),
        new Programs(List.of(folder.resolve("bin"))),
        new Surroundings(folder.resolve("etc")));
  }

  private List<String> commands() {
    return List.copyOf(seen).stream().map(Seen::observation).map(Observation::command).toList();
  }

  private <F extends Fact> List<F> facts(Class<F> type) {
    return List.copyOf(seen).stream()
        .flatMap(it -> it.parsed().facts().stream())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private void program(String name, String script) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("bin").resolve(name),
            "#!/bin/sh\n" + script.replace("HERE", folder.resolve("pwned").toString()) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
