package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Names;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.OutputLines;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code wg show all dump} and {@code wg show wg0 dump} (wg(8), "show"): one line for each
 * interface, then one for each of its peers, columns separated by tabs.
 *
 * <pre>
 * wg0  PRIVATE-KEY  2NZvpgH2Xuq+c+xE59nqSu0ToL621HsYHMew3rIdOH8=  51820  off
 * wg0  vnJouJQGgXbecIVkInsOf7qHFP2AdNUs0VVSNnaMPTo=  (none)  198.51.100.20:45299  10.66.66.2/32  1795350136  180  92  off
 * </pre>
 *
 * Columns of a peer: interface, public key, preshared key, endpoint, allowed IPs, latest handshake
 * (seconds since the epoch, 0 is never), received, sent, keepalive. With one interface the first
 * column is missing. A paste turns the tabs into blanks.
 */
public final class WgDumpParser implements Parser {
  private static final int PEER_COLUMNS = 8;

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("wg") && command.has("show", "dump");
  }

  @Override
  public boolean recognises(String output) {
    return OutputLines.of(output).stream().anyMatch(WgDumpParser::isRow);
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    String shown = command.after("show");
    // A dump of one interface does not say which others there are.
    boolean all = shown.isEmpty() || shown.equals("all");
    String only = all || !Names.isDevice(shown) ? "?" : shown;
    Map<String, List<String>> devices = new LinkedHashMap<>();
    boolean whole = all && !command.filtered();
    Set<String> twice = namedTwice(observation, only);
    Set<String> secrets = privateKeys(observation);
    int number = 0;
    for (String line : OutputLines.of(observation.output())) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      List<String> cells = cells(line);
      boolean named = cells.size() == PEER_COLUMNS + 1 || isInterface(cells, 1);
      String device = named ? cells.remove(0) : only;
      whole &= named;
      if (!Names.isDevice(device) && !device.equals("?")) {
        reading.skip(number, "the first column is no interface name");
        whole = false;
      } else if (isInterface(cells, 0)) {
        devices.computeIfAbsent(device, unseen -> new ArrayList<>());
        if (twice.contains(device)) {
          reading.skip(number, "another interface has the same name: which is meant is not known");
          whole = false;
        } else {
          reading.add(device(observation, device, cells));
        }
      } else if (cells.size() == PEER_COLUMNS) {
        List<String> peers = devices.computeIfAbsent(device, unseen -> new ArrayList<>());
        if (secrets.contains(cells.get(0))) {
          // Somebody gave it to the peer for its public key.
          cells.set(0, Word.HIDDEN);
        }
        WgPeer peer = peer(observation, device, cells, peers.size(), reading.secrets());
        peers.add(peer.publicKey() == null ? "#" + peer.ordinal() : peer.publicKey());
        reading.add(peer);
      } else {
        reading.skip(number, "neither an interface nor a peer of wg show dump");
        whole = false;
      }
    }
    if (whole) {
      // An inventory that misses a line would say that a peer is gone.
      List<WgInventory.Device> found = new ArrayList<>();
      devices.forEach((name, peers) -> found.add(new WgInventory.Device(name, List.copyOf(peers))));
      reading.add(new WgInventory(observation.host(), observation.atMillis(), found));
    }
  }

  /** Names under which there are different interfaces: that cannot be. */
  private static Set<String> namedTwice(Observation observation, String only) {
    Map<String, List<String>> first = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (String line : OutputLines.of(observation.output())) {
      List<String> cells = cells(line);
      String device = isInterface(cells, 1) ? cells.remove(0) : only;
      if (isInterface(cells, 0)) {
        List<String> before = first.putIfAbsent(device, cells);
        if (before != null && !before.equals(cells)) {
          twice.add(device);
        }
      }
    }
    return twice;
  }

  private static Set<String> privateKeys(Observation observation) {
    Set<String> found = new HashSet<>();
    for (String line : OutputLines.of(observation.output())) {
      List<String> cells = cells(line);
      int at = isInterface(cells, 1) ? 1 : 0;
      if (isInterface(cells, at) && Secrets.isKey(cells.get(at))) {
        found.add(cells.get(at));
      }
    }
    return found;
  }

  private static boolean isRow(String line) {
    List<String> cells = cells(line);
    boolean named = cells.size() == PEER_COLUMNS + 1 || isInterface(cells, 1);
    List<String> own = cells.subList(named ? 1 : 0, cells.size());
    boolean keys =
        own.stream().limit(2).anyMatch(cell -> cell.equals("(hidden)") || Secrets.isKey(cell));
    return keys
        && (isInterface(own, 0)
            || (own.size() == PEER_COLUMNS && Numbers.count(own.get(PEER_COLUMNS - 2)) != null));
  }

  private static List<String> cells(String line) {
    return new ArrayList<>(List.of(line.strip().split(line.contains("\t") ? "\t" : "\\s+")));
  }

  /** Private key, public key, port, (AmneziaWG puts its own here), mark: from column {@code at}. */
  private static boolean isInterface(List<String> cells, int at) {
    int columns = cells.size() - at;
    if (columns < 4 || columns == PEER_COLUMNS) {
      return false;
    }
    String mark = cells.get(cells.size() - 1);
    return Numbers.port(cells.get(at + 2)) != null
        && (mark.equals("off") || mark.startsWith("0x"))
        && (Names.isDevice(cells.get(0)) == (at == 1) || Secrets.isKey(cells.get(1)));
  }

  private static WgInterface device(Observation observation, String name, List<String> cells) {
    return new WgInterface(
        observation.host(),
        observation.atMillis(),
        name,
        key(cells.get(1)),
        Numbers.port(cells.get(2)),
        Numbers.mark(cells.get(cells.size() - 1)));
  }

  private static WgPeer peer(
      Observation observation, String device, List<String> cells, int ordinal, Secrets secrets) {
    Long handshake = Numbers.count(cells.get(4));
    String keepalive = cells.get(7);
    return new WgPeer(
        observation.host(),
        observation.atMillis(),
        device,
        key(cells.get(0)),
        ordinal,
        secrets.presharedKey(cells.get(1)),
        WgPeers.endpoint(cells.get(2)),
        cells.get(2).equals("(none)") ? Answer.NO : Answer.YES,
        WgPeers.allowedIps(cells.get(3)),
        handshake,
        handshake == null || handshake == 0 ? null : WgPeers.age(observation, handshake),
        Numbers.count(cells.get(5)),
        Numbers.count(cells.get(6)),
        keepalive.equals("off") ? Integer.valueOf(0) : Numbers.port(keepalive));
  }

  private static @Nullable String key(String text) {
    return Secrets.isKey(text) ? text : null;
  }
}
