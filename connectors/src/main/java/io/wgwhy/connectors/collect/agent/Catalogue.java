package io.wgwhy.connectors.collect.agent;

import io.wgwhy.connectors.collect.agent.Task.Change;
import io.wgwhy.connectors.collect.capture.HandshakeFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The commands that are run on a host, all of them. They look; none of them changes anything. */
final class Catalogue {
  /** One retry of an unanswered initiation: what the protocol does shows in steps of this. */
  static final Duration PEERS = Duration.ofSeconds(5);

  private static final Duration COUNTERS = Duration.ofSeconds(15);
  private static final Duration STATE = Duration.ofMinutes(1);

  /** As often as reresolve-dns.sh of wireguard-tools is run, as its README has it. */
  private static final Duration NAMES = Duration.ofSeconds(30);

  private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

  /** A resolver asks its first server for 5 s, then the next (resolv.conf(5)). */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(6);

  private static final int SMALL = 256 * 1024;

  /**
   * 10,000 peers take 2 MB, as do 10,000 rules or tracked flows. What is read is held several times
   * over until it is understood: in a small heap there is room for less.
   */
  private static final int LARGE =
      (int) Math.min(8 * 1024 * 1024, Runtime.getRuntime().maxMemory() / 16);

  /** Run with each round. */
  static final Task WG = task("wg show all dump", PEERS, LARGE, Change.LINKS);

  /** In the order in which a look at the whole host runs them: what others are chosen by first. */
  static final List<Task> TASKS =
      List.of(
          task("ip -j addr", STATE, SMALL, Change.LINKS),
          task("ip -j -s -s link", COUNTERS, SMALL, Change.LINKS),
          task("ip -j route show table all", STATE, LARGE, Change.ROUTES, Change.LINKS),
          WG,
          task("cat /proc/net/snmp /proc/net/netstat", COUNTERS, SMALL),
          task("ss -lunp", STATE, SMALL, Change.LINKS),
          task("conntrack -L -p udp", COUNTERS, LARGE),
          task("nft -j list ruleset", STATE, LARGE, Change.FILTERS),
          task("iptables-save -c", STATE, LARGE, Change.FILTERS),
          task("ip6tables-save -c", STATE, LARGE, Change.FILTERS),
          task("ip -j rule", STATE, SMALL, Change.ROUTES),
          task("ip -j neigh", COUNTERS, SMALL),
          task("timedatectl show", STATE, SMALL),
          task("chronyc tracking", STATE, SMALL),
          task("cat /etc/resolv.conf", STATE, SMALL),
          new Task("configurations", STATE, Set.of(Change.LINKS), Catalogue::configurations),
          new Task("bring-up logs", STATE, Set.of(Change.LINKS), Catalogue::bringUpLogs),
          // Nothing tells that one was changed, and asking is cheap.
          new Task("sysctl", COUNTERS, Set.of(Change.LINKS), Catalogue::sysctls),
          new Task(
              "endpoint names",
              NAMES,
              Set.of(Change.ROUTES, Change.NAMES),
              Catalogue::names,
              /* together= */ true),
          new Task("ip route get", STATE, Set.of(Change.ROUTES), Catalogue::lookups));

  private Catalogue() {}

  /**
   * A capture of handshakes on a device, running until it is ended. {@code -q}: no decoder of
   * another protocol is asked, whatever the port; {@code -s}: headers, and those that an ICMP error
   * quotes.
   *
   * @param direction {@code in} or {@code out}
   */
  static Command capture(String device, String direction) {
    List<String> words =
        List.of(
            "tcpdump",
            "--immediate-mode",
            "-l",
            "-n",
            "-q",
            "-tt",
            "-s",
            "128",
            "-i",
            device,
            "-Q",
            direction,
            HandshakeFilter.EXPRESSION);
    return new Command(words, Duration.ZERO, LARGE);
  }

  /** Echo requests to an address, one a second. */
  static Command ping(String address, int count) {
    List<String> words =
        List.of("ping", "-n", "-D", "-W", "1", "-i", "1", "-c", Integer.toString(count), address);
    return new Command(words, Duration.ofSeconds(count + 5L), SMALL);
  }

  private static Task task(String line, Duration every, int outputLimit, Change... on) {
    Command command = new Command(List.of(line.split(" ")), TIME_LIMIT, outputLimit);
    Function<Surroundings, List<Command>> always = any -> List.of(command);
    return new Task(line, every, Set.of(on), always);
  }

  private static Command small(List<String> words) {
    return new Command(words, TIME_LIMIT, SMALL);
  }

  private static List<Command> configurations(Surroundings host) {
    return host.configurations().stream()
        .map(it -> small(List.of(Runner.CAT, it.toString())))
        .toList();
  }

  private static List<Command> bringUpLogs(Surroundings host) {
    return host.tunnels().stream()
        .map(
            it ->
                small(
                    List.of(
                        "journalctl",
                        "-u",
                        "wg-quick@" + it,
                        "-o",
                        "cat",
                        "-n",
                        "200",
                        "-q",
                        "--no-pager")))
        .toList();
  }

  /** Slashes instead of dots: a device's name may hold dots (sysctl(8)). */
  private static List<Command> sysctls(Surroundings host) {
    List<String> words = new ArrayList<>(List.of("sysctl", "-e"));
    words.add("net/ipv4/ip_forward");
    words.add("net/ipv4/ip_no_pmtu_disc");
    words.add("net/ipv4/tcp_mtu_probing");
    words.add("net/netfilter/nf_conntrack_udp_timeout");
    words.add("net/netfilter/nf_conntrack_udp_timeout_stream");
    List<String> devices = new ArrayList<>(List.of("all", "default"));
    devices.addAll(host.tunnels());
    devices.addAll(host.outerDevices());
    for (String device : devices) {
      for (String key : List.of("forwarding", "rp_filter", "src_valid_mark")) {
        words.add("net/ipv4/conf/" + device + "/" + key);
      }
      words.add("net/ipv6/conf/" + device + "/forwarding");
      words.add("net/ipv6/conf/" + device + "/disable_ipv6");
    }
    return List.of(small(words));
  }

  private static List<Command> lookups(Surroundings host) {
    return host.destinations().stream()
        .map(it -> small(List.of("ip", "route", "get", it)))
        .toList();
  }

  /** As the host itself finds out, its own files included (getent(1)). */
  private static List<Command> names(Surroundings host) {
    return host.endpointNames().stream()
        .map(it -> new Command(List.of("getent", "ahosts", it), ANSWER_LIMIT, SMALL))
        .toList();
  }
}
