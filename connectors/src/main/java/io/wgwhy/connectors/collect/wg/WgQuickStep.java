package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.CommandLine;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A command of a trace and what was said after it.
 *
 * @param command the command; empty for what stands before the first one
 * @param said the lines after it
 */
record WgQuickStep(String command, List<String> said) {
  /** What wg-quick itself runs on the way up; everything else is a hook of the configuration. */
  private static final Pattern OWN =
      Pattern.compile(
          "(?:ip link add (?:dev )?\\S+ type (?:wireguard|amneziawg)|a?wg (?:setconf|addconf|set|syncconf) "
              + "|ip -[46] (?:address|route|rule) add |ip link set mtu \\d+ up |ip link set (?:up )?dev "
              + "|resolvconf -a |sysctl -q net\\.ipv4\\.conf\\.all\\.src_valid_mark=1|nft -f /"
              + "|ip6?tables-restore -n|wireguard-go|boringtun|mount |stat "
              // macOS and the BSDs.
              + "|ifconfig \\S+ |route -q(?: -n)? add |networksetup -set)");

  /** How the interface itself goes: on Linux, the BSDs and macOS. */
  private static final String TAKES_AWAY =
      "ip link delete (?:dev )?|ifconfig \\S+ destroy|rm -f /var/run/wireguard/";

  private static final Pattern ROLL_BACK =
      Pattern.compile(
          "(?:ip link delete (?:dev )?|ip -[46] rule delete |resolvconf -d |umount "
              + "|nft -f /|ip6?tables-restore -n|route -q(?: -n)? delete |"
              + TAKES_AWAY
              + ")");

  /** Said on the way, by programs that then succeed or whose failure does not matter. */
  private static final Pattern NOISE =
      Pattern.compile(
          "^$|[Ww]arning|could not detect a useable init system|Falling back to slow userspace"
              + "|^INFO|^DEBUG|wireguard-go|[│┌└─]|Running wireguard-go|world accessible");

  static WgQuickStep of(String command) {
    return new WgQuickStep(command.strip(), new ArrayList<>());
  }

  /** Whether it is a hook (PostUp and its like), not a command of wg-quick's own. */
  boolean hook() {
    return !command.isEmpty() && !OWN.matcher(command).lookingAt();
  }

  boolean rollBack() {
    return ROLL_BACK.matcher(command).lookingAt();
  }

  /** Whether it takes the interface away. */
  boolean takesAway() {
    return is(TAKES_AWAY);
  }

  boolean is(String pattern) {
    return Pattern.compile(pattern).matcher(command).lookingAt();
  }

  /** Whether something was said that is no known noise. */
  boolean complains() {
    return said.stream().anyMatch(line -> !NOISE.matcher(line.strip()).find());
  }

  /** The program, as far as it is a plain name; empty otherwise. */
  String program() {
    String name = CommandLine.of(command).program();
    return name.matches("[a-z][a-z0-9_.-]{0,30}") ? name : "";
  }

  /** The command with what was said, in which errors are looked for. */
  String text() {
    return command + "\n" + String.join("\n", said);
  }
}
