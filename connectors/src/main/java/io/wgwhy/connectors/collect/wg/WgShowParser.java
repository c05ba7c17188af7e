package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Names;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.OutputLines;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code wg show} as people read it (wg(8), "show"; show.c, pretty_print).
 *
 * <pre>
 * interface: wg0
 *   public key: 2NZvpgH2Xuq+c+xE59nqSu0ToL621HsYHMew3rIdOH8=
 *   private key: (hidden)
 *   listening port: 51820
 *
 * peer: vnJouJQGgXbecIVkInsOf7qHFP2AdNUs0VVSNnaMPTo=
 *   endpoint: 198.51.100.20:45299
 *   allowed ips: 10.66.66.2/32
 *   latest handshake: 1 minute, 31 seconds ago
 *   transfer: 12.43 KiB received, 92.10 KiB sent
 *   persistent keepalive: every 25 seconds
 * </pre>
 *
 * wg leaves out what is zero or never was; only {@code allowed ips} is always there, so a peer with
 * that line is whole, and one without was cut. Line breaks and indentation do not matter here:
 * pastes lose them.
 */
public final class WgShowParser implements Parser {
  private static final Pattern LABEL =
      Pattern.compile(
          "(?i)(?<![\\w-])(interface|public key|private key|listening port|fwmark|peer"
              + "|preshared key|endpoint|allowed ips|latest handshake|transfer"
              + "|persistent keepalive)\\s*:(?=\\s|$)");

  /** VyOS says more of its own; of a peer that is not heard, {@code status: inactive}. */
  private static final Pattern OF_VYOS = Pattern.compile("\\s*(?:address|description|status): .*");

  /** AmneziaWG, a fork, prints these for the interface. */
  private static final Pattern FORK = Pattern.compile("\\s*(?:j|s|h|i)(?:\\d|c|min|max|time)+:.*");

  private static final Pattern OWN =
      Pattern.compile(
          "(?im)(?:^|[ \\t])interface: \\S+\\s+(?:public key|private key|listening port|peer): "
              + "|(?:^|[ \\t])peer: \\S[^\\n]{0,80}\\s+(?:endpoint|allowed ips|preshared key"
              + "|latest handshake|transfer): "
              + "|^[ \\t]*(?:latest handshake: .* ago|transfer: .* received, .* sent)");

  @Override
  public boolean reads(CommandLine command) {
    List<String> words = command.arguments().stream().takeWhile(w -> !w.startsWith("|")).toList();
    return command.program().equals("wg")
        && words.size() <= 2
        && (words.isEmpty() || words.get(0).equals("show"))
        && !words.contains("interfaces");
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find();
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    String shown = command.after("show");
    boolean all = shown.isEmpty() || shown.equals("all") || shown.startsWith("|");
    Listing listing = new Listing(observation, all ? "?" : shown, command.filtered(), reading);
    int number = 0;
    for (String line : OutputLines.of(observation.output())) {
      number++;
      Matcher label = LABEL.matcher(line);
      if (!label.find()) {
        if (!line.isBlank() && !FORK.matcher(line).matches() && !OF_VYOS.matcher(line).matches()) {
          reading.skip(number, "no line of wg show");
        }
        continue;
      }
      boolean more = true;
      while (more) {
        String name = label.group(1).toLowerCase(Locale.ROOT);
        int start = label.end();
        more = label.find();
        listing.put(name, line.substring(start, more ? label.start() : line.length()).strip());
      }
    }
    listing.end(all && !command.filtered(), !observation.output().endsWith("\n"));
  }

  /** The blocks, as they come. */
  private static final class Listing {
    private final Observation observation;
    private final boolean filtered;
    private final Reading reading;
    private final List<WgInventory.Device> devices = new ArrayList<>();
    private final Map<String, String> block = new HashMap<>();
    private String device;
    private List<String> peers = new ArrayList<>();
    private boolean whole = true;
    private boolean cut;

    Listing(Observation observation, String device, boolean filtered, Reading reading) {
      this.observation = observation;
      this.device = Names.isDevice(device) ? device : "?";
      this.filtered = filtered;
      this.reading = reading;
    }

    void put(String label, String value) {
      if (label.equals("interface") || label.equals("peer")) {
        endBlock();
      }
      block.putIfAbsent(label, value);
    }

    /**
     * @param all whether the listing is of all interfaces
     * @param cut whether it ends in the middle of a line, so that the next lines may be missing
     */
    void end(boolean all, boolean cut) {
      this.cut = cut;
      endBlock();
      if (all && whole) {
        reading.add(new WgInventory(observation.host(), observation.atMillis(), devices));
      }
    }

    private void endBlock() {
      if (block.containsKey("interface")) {
        String name = word("interface");
        device = Names.isDevice(name) ? name : "?";
        peers = new ArrayList<>();
        devices.add(new WgInventory.Device(device, peers));
        reading.add(
            new WgInterface(
                observation.host(),
                observation.atMillis(),
                device,
                Secrets.isKey(word("public key")) ? word("public key") : null,
                Numbers.port(word("listening port")),
                mark()));
      } else if (!block.isEmpty()) {
        // A listing that begins in the middle of a block, or with a peer, was cut.
        whole &= block.containsKey("peer") && !devices.isEmpty();
        WgPeer peer =
            new WgShowPeer(block, filtered, cut)
                .fact(observation, device, peers.size(), reading.secrets());
        peers.add(peer.publicKey() == null ? "#" + peer.ordinal() : peer.publicKey());
        reading.add(peer);
      }
      block.clear();
    }

    private @Nullable Integer mark() {
      boolean shown = block.containsKey("fwmark");
      // Not shown is off; but only in a block that nobody cut.
      return shown
          ? Numbers.mark(word("fwmark"))
          : filtered || !block.containsKey("public key") ? null : Integer.valueOf(0);
    }

    private String word(String label) {
      return block.getOrDefault(label, "").split("\\s+", 2)[0];
    }
  }
}
