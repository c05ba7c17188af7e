package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.collect.wg.WgShowPeer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.WgInterface;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What OpenBSD's ifconfig(8) says of wg(4), to root: its peers stand below the interface.
 *
 * <pre>{@code
 * wg0: flags=80c3<UP,BROADCAST,RUNNING,NOARP,MULTICAST> mtu 1420
 *         wgport 51820
 *         wgpubkey 2NZvpgH2Xuq+c+xE59nqSu0ToL621HsYHMew3rIdOH8=
 *         wgpeer vnJouJQGgXbecIVkInsOf7qHFP2AdNUs0VVSNnaMPTo=
 *                 wgendpoint 198.51.100.20 45299
 *                 tx: 881234, rx: 120331
 *                 last handshake: 31 seconds ago
 *                 wgaip 10.66.66.2/32
 * }</pre>
 *
 * A peer is told in the words of {@code wg show}, which leaves out the same.
 */
final class IfconfigWireGuard {
  private static final Pattern WORD =
      Pattern.compile("^\\s+(wg[a-z]{2,9}) (\\S+)(?: (\\S+))?\\s*$");
  private static final Pattern COUNTERS = Pattern.compile("^\\s+tx: (\\d+), rx: (\\d+)\\s*$");
  private static final Pattern HANDSHAKE =
      Pattern.compile("^\\s+last handshake: (?:(never)|(\\d+) (\\w+) ago)\\s*$");

  private final Observation observation;
  private final Reading reading;
  private final String device;
  private final Map<String, String> peer = new HashMap<>();
  private @Nullable String publicKey;
  private @Nullable Integer port;
  private int ordinal;

  private IfconfigWireGuard(Observation observation, Reading reading, String device) {
    this.observation = observation;
    this.reading = reading;
    this.device = device;
  }

  /** Reads the lines below an interface's; most interfaces have none of these. */
  static void read(String device, List<String> block, Observation observation, Reading reading) {
    IfconfigWireGuard wireGuard = new IfconfigWireGuard(observation, reading, device);
    block.forEach(wireGuard::line);
    wireGuard.end();
  }

  private void line(String line) {
    Matcher word = WORD.matcher(line);
    Matcher counters = COUNTERS.matcher(line);
    Matcher handshake = HANDSHAKE.matcher(line);
    if (word.matches()) {
      word(word.group(1), word.group(2), word.group(3));
    } else if (counters.matches() && !peer.isEmpty()) {
      peer.put("transfer", counters.group(2) + " B received, " + counters.group(1) + " B sent");
    } else if (handshake.matches() && !peer.isEmpty()) {
      peer.put("latest handshake", line.strip().substring("last handshake: ".length()));
    }
  }

  private void word(String word, String value, @Nullable String second) {
    switch (word) {
      case "wgport" -> port = Numbers.port(value);
      case "wgpubkey" -> publicKey = Secrets.isKey(value) ? value : null;
      case "wgpeer" -> {
        endPeer();
        peer.put("peer", value);
      }
      case "wgpsk" -> peer.put("preshared key", "(hidden)");
      case "wgpka" -> peer.put("persistent keepalive", "every " + value + " seconds");
      case "wgendpoint" ->
          peer.put("endpoint", (value.contains(":") ? "[" + value + "]" : value) + ":" + second);
      case "wgaip" -> peer.merge("allowed ips", value, (all, it) -> all + ", " + it);
      default -> {}
    }
  }

  private void endPeer() {
    if (!peer.isEmpty()) {
      reading.add(
          new WgShowPeer(peer, false, false)
              .fact(observation, device, ordinal++, reading.secrets()));
      peer.clear();
    }
  }

  private void end() {
    endPeer();
    if (publicKey != null || port != null) {
      reading.add(
          new WgInterface(
              observation.host(), observation.atMillis(), device, publicKey, port, null));
    }
  }
}
