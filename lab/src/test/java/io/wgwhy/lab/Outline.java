package io.wgwhy.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a host's tools say about how it is set up, without anything that counts or ages. */
final class Outline {
  private static final List<String> COMMANDS =
      List.of(
          "nft -s list ruleset",
          "iptables-save",
          "ip -4 -o addr",
          "ip -6 -o addr show scope global",
          "ip -4 route show table all",
          "ip -6 route show table main proto static",
          "ip rule",
          "sysctl net.ipv4.ip_forward net.ipv4.conf.all.rp_filter net.ipv4.conf.default.rp_filter"
              + " net.ipv4.conf.eth0.rp_filter net.ipv4.conf.all.src_valid_mark"
              + " net.ipv6.conf.all.disable_ipv6",
          "ip -o link",
          "wg show all allowed-ips",
          "wg show all preshared-keys",
          "cat /etc/resolv.conf");

  /** Comments with times, counters of policies, indexes, states that follow the other end. */
  private static final Pattern VOLATILE =
      Pattern.compile(
          "(?m)^#.*$|\\[\\d+:\\d+\\]|^\\d+: |@if\\d+|link/ether \\S+|qlen \\d+"
              // Chains that hold nothing and accept: iptables makes them when it is asked.
              + "|^\\s*chain \\w+ \\{\\s+type [^;]+; policy accept;\\s+\\}$"
              + "|^\\*\\w+$|^COMMIT$|^:\\w+ (ACCEPT|-).*$");

  private static final Pattern EMPTY = Pattern.compile("(?m)^table [^{]+\\{\\s*\\}$|^\\s*\\n");

  private static final String NEXT = "=====";

  private static final Pattern ORDER_IS_CHANCE = Pattern.compile("^(ip|wg) ");

  private Outline() {}

  /** Command to output, of every host. */
  static Map<String, String> of(Lab lab) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String name : lab.hosts()) {
      // One shell: a process each would take seconds.
      String script = String.join("; echo " + NEXT + "; ", COMMANDS);
      String[] said =
          lab.host(name).run(List.of("sh", "-c", script + "; true")).output().split(NEXT, -1);
      for (int i = 0; i < COMMANDS.size(); i++) {
        all.put(name + ": " + COMMANDS.get(i), steady(COMMANDS.get(i), said[i]));
      }
    }
    return all;
  }

  private static String steady(String command, String said) {
    String cut = EMPTY.matcher(VOLATILE.matcher(said).replaceAll("")).replaceAll("").strip();
    return ORDER_IS_CHANCE.matcher(command).find()
        ? String.join("\n", cut.lines().sorted().toList())
        : cut;
  }
}
