package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.Paste;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Names;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.OutputLines;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgPeer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code wg show wg0 transfer} and its like (wg(8), "show"): one value of each peer, behind its
 * key; or one of the interface.
 *
 * <pre>
 * vnJouJQGgXbecIVkInsOf7qHFP2AdNUs0VVSNnaMPTo=	0	44400
 * </pre>
 *
 * <p>Asked again and again between times of day ({@code while sleep 10; do date; wg show wg0
 * endpoints; done}) an endpoint has a history:
 *
 * <pre>
 * 20:01:10
 * vnJouJQGgXbecIVkInsOf7qHFP2AdNUs0VVSNnaMPTo=	198.51.100.14:51820
 * 20:01:20
 * vnJouJQGgXbecIVkInsOf7qHFP2AdNUs0VVSNnaMPTo=	203.0.113.201:40112
 * </pre>
 *
 * <p>Pasted one after the other they are one view of one interface: {@link Paste} puts them
 * together, each behind the command that printed it. What nobody asked for stays unknown.
 */
public final class WgColumnsParser implements Parser {
  /** Keys by themselves: nothing shows that it is no private one that somebody pasted here. */
  private static final Set<String> KEYS_ALONE = Set.of("peers", "public-key");

  private static final Set<String> OF_PEERS =
      Set.of("endpoints", "allowed-ips", "latest-handshakes", "transfer", "persistent-keepalive");

  private static final Set<String> OF_INTERFACE = Set.of("listen-port", "fwmark");

  private static final Pattern COMMAND =
      Pattern.compile("wg show ([A-Za-z0-9_=+.-]{1,15}) ([a-z-]{5,24})");

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{43}=");

  /** A line of date(1), in any language and form, or of {@code date +%T}. */
  private static final Pattern CLOCK =
      Pattern.compile(
          "(?:[\\p{L}\\d][\\p{L}\\d ,./-]{0,30} )?([01]\\d|2[0-3]):([0-5]\\d):([0-5]\\d)"
              + "(?: [AP]M)?(?: [A-Z]{2,5}| [+-]\\d{2,4})?(?: \\d{4})?");

  private static final long DAY = 86_400;

  /** Without a command: what only one of the columns looks like. */
  private static final Pattern VALUE =
      Pattern.compile(
          "(?:(?<transfer>\\d{1,18}\\s+\\d{1,18})|(?<handshakes>1\\d{9})"
              + "|(?<endpoints>(?:\\[[0-9a-fA-F:.]{2,45}]|\\d{1,3}(?:\\.\\d{1,3}){3}):\\d{1,5})"
              + "|(?<ips>[0-9a-fA-F:.]{2,45}/\\d{1,3}(?:,?\\s+[0-9a-fA-F:.]{2,45}/\\d{1,3})*))");

  @Override
  public boolean reads(CommandLine command) {
    List<String> words = command.arguments().stream().takeWhile(w -> !w.startsWith("|")).toList();
    return command.program().equals("wg")
        && words.size() == 3
        && words.get(0).equals("show")
        && (OF_PEERS.contains(words.get(2))
            || OF_INTERFACE.contains(words.get(2))
            || KEYS_ALONE.contains(words.get(2)));
  }

  @Override
  public boolean recognises(String output) {
    List<String> lines = OutputLines.of(output).stream().filter(it -> !it.isBlank()).toList();
    List<String> values = lines.stream().limit(100).filter(it -> clock(it) == null).toList();
    return !values.isEmpty()
        && values.stream().allMatch(it -> it.length() < 4000 && guessed(it) != null);
  }

  /** The second of the day that a line by itself shows; null when it is no time. */
  private static @Nullable Long clock(String line) {
    Matcher clock = line.length() > 80 ? null : CLOCK.matcher(line.strip());
    return clock != null && clock.matches()
        ? Long.valueOf(
            Integer.parseInt(clock.group(1)) * 3600L
                + Integer.parseInt(clock.group(2)) * 60L
                + Integer.parseInt(clock.group(3)))
        : null;
  }

  /** The column that a line is of, by its looks; null when it is none. */
  private static @Nullable String guessed(String line) {
    String[] cells = line.strip().split("\\s+", 2);
    if (cells.length < 2 || !KEY.matcher(cells[0]).matches()) {
      return null;
    }
    Matcher value = VALUE.matcher(cells[1]);
    if (!value.matches()) {
      return null;
    }
    return value.group("transfer") != null
        ? "transfer"
        : value.group("handshakes") != null
            ? "latest-handshakes"
            : value.group("endpoints") != null ? "endpoints" : "allowed-ips";
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    Map<String, View> views = new LinkedHashMap<>();
    String device = Names.isDevice(command.after("show")) ? command.after("show") : "?";
    String column = command.arguments().size() < 3 ? "" : command.arguments().get(2);
    int number = 0;
    Long time = null;
    for (String line : OutputLines.of(observation.output())) {
      number++;
      Matcher next = COMMAND.matcher(line.strip());
      String guessed = column.isEmpty() ? guessed(line) : column;
      Long clock = clock(line);
      if (clock != null) {
        time = clock;
      } else if (next.matches()) {
        device = next.group(1);
        column = next.group(2);
      } else if (!line.isBlank() && KEYS_ALONE.contains(column)) {
        reading.skip(number, "a key by itself is not passed on: it may be a private one");
      } else if (!line.isBlank()
          && (guessed == null || !line(views, device, guessed, line.strip(), time))) {
        reading.skip(number, "no value of this kind");
      }
    }
    views.forEach((name, view) -> view.tell(name, observation, reading));
  }

  /** {@code wg show all …} has the interface in front. */
  private static boolean line(
      Map<String, View> views, String shown, String column, String text, @Nullable Long time) {
    boolean named = shown.equals("all");
    String[] first = text.split("\\s+", 2);
    String device = named ? first[0] : shown;
    String rest = !named ? text : first.length == 1 ? "" : first[1];
    if (!Names.isDevice(device) && !device.equals("?")) {
      return false;
    }
    View view = views.computeIfAbsent(device, unseen -> new View());
    if (OF_INTERFACE.contains(column)) {
      view.own.put(column, rest);
      return true;
    }
    String[] cells = rest.split("\\s+", 2);
    if (cells.length < 2) {
      return false;
    }
    // Keys are often made unreadable by hand: the first word stands for the peer all the same.
    Map<String, String> said = view.peers.computeIfAbsent(cells[0], unseen -> new HashMap<>());
    said.put(column, cells[1].strip());
    if (column.equals("endpoints") && time != null) {
      view.seen
          .computeIfAbsent(cells[0], unseen -> new ArrayList<>())
          .add(new Sighting(time, cells[1].strip()));
    }
    return true;
  }

  /** Where a peer was at a second of the day. */
  private record Sighting(long time, String endpoint) {}

  /** What was said of one interface. */
  private static final class View {
    private final Map<String, String> own = new HashMap<>();
    private final Map<String, Map<String, String>> peers = new LinkedHashMap<>();
    private final Map<String, List<Sighting>> seen = new HashMap<>();

    void tell(String name, Observation observation, Reading reading) {
      if (!own.isEmpty()) {
        reading.add(
            new WgInterface(
                observation.host(),
                observation.atMillis(),
                name,
                null,
                Numbers.port(own.getOrDefault("listen-port", "")),
                own.containsKey("fwmark") ? Numbers.mark(own.get("fwmark")) : null));
      }
      int ordinal = 0;
      for (Map.Entry<String, Map<String, String>> peer : peers.entrySet()) {
        earlier(name, peer.getKey(), ordinal, observation, reading);
        reading.add(peer(name, peer.getKey(), ordinal++, peer.getValue(), observation));
      }
    }

    /** Where it was before, so long before as the times say; the last time is taken for now. */
    private void earlier(
        String device, String key, int ordinal, Observation observation, Reading reading) {
      List<Sighting> sightings = seen.getOrDefault(key, List.of());
      for (Sighting it : sightings.subList(0, Math.max(0, sightings.size() - 1))) {
        long last = sightings.get(sightings.size() - 1).time();
        long ago = Math.floorMod(last - it.time(), DAY);
        Observation then =
            new Observation(
                observation.at() - ago,
                observation.host(),
                observation.command(),
                observation.exit(),
                "",
                observation.receivedAt() == null ? null : observation.receivedAt() - ago,
                observation.network(),
                observation.tenant());
        reading.add(peer(device, key, ordinal, Map.of("endpoints", it.endpoint()), then));
      }
    }

    private static WgPeer peer(
        String device, String key, int ordinal, Map<String, String> said, Observation observation) {
      String endpoint = said.getOrDefault("endpoints", "");
      Long handshake = Numbers.count(said.getOrDefault("latest-handshakes", ""));
      String[] transfer = said.getOrDefault("transfer", "").split("\\s+");
      String keepalive = said.getOrDefault("persistent-keepalive", "");
      return new WgPeer(
          observation.host(),
          observation.atMillis(),
          device,
          Secrets.isKey(key) ? key : null,
          ordinal,
          PresharedKey.UNKNOWN,
          WgPeers.endpoint(endpoint),
          endpoint.isEmpty() ? Answer.UNKNOWN : Answer.of(!endpoint.equals("(none)")),
          said.containsKey("allowed-ips")
              ? WgPeers.allowedIps(said.get("allowed-ips").replaceAll(",?\\s+", ","))
              : null,
          handshake,
          handshake == null || handshake == 0 ? null : WgPeers.age(observation, handshake),
          transfer.length == 2 ? Numbers.count(transfer[0]) : null,
          transfer.length == 2 ? Numbers.count(transfer[1]) : null,
          keepalive.equals("off") ? Integer.valueOf(0) : Numbers.port(keepalive));
    }
  }
}
