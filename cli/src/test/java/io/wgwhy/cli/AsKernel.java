package io.wgwhy.cli;

import io.wgwhy.facts.Observation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the kernel module would have shown of a tunnel that was recorded with wireguard-go. Derived,
 * not recorded: only what is known to differ is changed, and each change says what it stands for.
 */
final class AsKernel {
  /** The responder refuses the inner source. */
  private static final Set<String> REFUSED =
      Set.of(
          "lab/allowedips-steal-same-32",
          "lab/allowedips-overlap-more-specific-steals",
          "lab/srv-allowedips-missing-client",
          "lab/cli-address-not-allowed");

  /** What an end sends and its own machine drops: the end, and bytes of each message. */
  private static final Map<String, Dropped> DROPPED =
      Map.of(
          "lab/srv-egress-drop", new Dropped("srv", 92),
          "lab/cli-egress-drop", new Dropped("cli", 148),
          "lab/routing-loop", new Dropped("cli", 148));

  private record Dropped(String host, long bytes) {}

  /** What ping says at the client, once for each packet. */
  private static final Map<String, String> PING =
      Map.of(
          "lab/endpoint-missing", "Destination address required",
          "lab/cli-allowedips-route-without-entry", "Required key not available");

  /** Faults and healthy tunnels of which the kernel module shows something else. */
  static final List<String> RECORDINGS =
      List.of(
          "lab/allowedips-overlap-more-specific-steals",
          "lab/allowedips-steal-same-32",
          "lab/cli-address-not-allowed",
          "lab/cli-allowedips-route-without-entry",
          "lab/cli-egress-drop",
          "lab/endpoint-missing",
          "lab/healthy-active",
          "lab/healthy-firewalled",
          "lab/healthy-idle-no-keepalive",
          "lab/listen-port-in-use",
          "lab/psk-different",
          "lab/routing-loop",
          "lab/srv-allowedips-missing-client",
          "lab/srv-egress-drop",
          "lab/srv-fw-nft-policy-drop",
          "lab/wrong-client-key",
          "lab/wrong-server-key");

  private static final long RETRY_MILLIS = 5_200;

  /** An initiation and the keepalive after the handshake: what was counted before data came. */
  private static final String HANDSHAKE_ONLY = "180";

  private static final Pattern FALLBACK =
      Pattern.compile(
          "Error: Unknown device type\\.\n\\[!] Missing WireGuard kernel module[^\n]*\n"
              + "\\[#] wireguard-go[^\n]*\n");
  private static final Pattern OWNER = Pattern.compile(" *users:\\(\\(\"wireguard-go\"[^\n]*");
  private static final Pattern NO_ERRORS = Pattern.compile("\"frame_errors\": ?0");
  private static final Pattern SENT = Pattern.compile("(?s).*\n(\\d+) packets transmitted.*");

  private final Recorded recorded;

  private AsKernel(Recorded recorded) {
    this.recorded = recorded;
  }

  static Recorded of(Recorded recorded) {
    AsKernel kernel = new AsKernel(recorded);
    return new Recorded(
        recorded.name() + " as the kernel module",
        recorded.observations().stream().map(kernel::changed).toList(),
        recorded.causes(),
        recorded.broken());
  }

  private Observation changed(Observation seen) {
    String command = seen.command();
    // Without dynamic debugging it logs nothing.
    UnaryOperator<String> change =
        command.startsWith("journalctl")
            ? any -> ""
            : command.startsWith("wg-quick up")
                ? text -> broughtUp(seen, text)
                : command.startsWith("ss ")
                    // Its socket belongs to no process.
                    ? text -> OWNER.matcher(text).replaceAll("")
                    : command.equals("wg show all dump")
                        ? text -> lines(text, line -> counted(seen, line))
                        : command.startsWith("ip -j -s -s link")
                            ? text -> framed(seen, text)
                            : command.startsWith("ping ")
                                ? text -> asked(seen, text)
                                : same -> same;
    return new Observation(
        seen.at(),
        seen.host(),
        command,
        seen.exit(),
        change.apply(seen.output()),
        seen.receivedAt(),
        seen.network(),
        seen.tenant());
  }

  /** A port that is taken is refused when the link goes up, not before. */
  private static String broughtUp(Observation seen, String text) {
    String up = FALLBACK.matcher(text).replaceAll("");
    return up.replace(
        "Unable to modify interface: Address already in use\n",
        "[#] ip -4 address add 10.66.66.1/24 dev wg0\n[#] ip link set mtu 1420 up dev wg0\n"
            + "RTNETLINK answers: Address already in use\n");
  }

  /** What AllowedIPs refuse is not received; what the own machine drops is sent. */
  private String counted(Observation seen, String line) {
    String[] peer = line.split("\t", -1);
    if (peer.length != 9) {
      return line;
    }
    if (REFUSED.contains(recorded.name()) && seen.host().equals("srv") && !peer[6].equals("0")) {
      peer[6] = HANDSHAKE_ONLY;
    }
    Dropped dropped = DROPPED.get(recorded.name());
    if (dropped != null && seen.host().equals(dropped.host()) && !peer[3].equals("(none)")) {
      long since = seen.atMillis() - recorded.observations().get(0).atMillis();
      peer[7] = String.valueOf(dropped.bytes() * (since / RETRY_MILLIS + 1));
    }
    return String.join("\t", peer);
  }

  /**
   * What AllowedIPs refuse is a frame error of the interface, the only one that WireGuard counts.
   */
  private String framed(Observation seen, String text) {
    long since = seen.atMillis() - recorded.observations().get(0).atMillis();
    int own = text.indexOf("\"ifname\":\"wg0\"");
    return REFUSED.contains(recorded.name())
            && seen.host().equals("srv")
            && since > 2 * RETRY_MILLIS
            && own >= 0
        ? text.substring(0, own)
            + NO_ERRORS.matcher(text.substring(own)).replaceFirst("\"frame_errors\":40")
        : text;
  }

  private String asked(Observation seen, String text) {
    String says = PING.get(recorded.name());
    if (says == null || !seen.host().equals("cli") || !text.contains(" 0 received")) {
      return text;
    }
    int sent = Integer.parseInt(SENT.matcher(text).replaceAll("$1").strip());
    return text.replaceFirst("\n\n", "\n" + ("ping: sendmsg: " + says + "\n").repeat(sent) + "\n");
  }

  private static String lines(String text, UnaryOperator<String> change) {
    return Arrays.stream(text.split("\n", -1)).map(change).collect(Collectors.joining("\n"));
  }
}
