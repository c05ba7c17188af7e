package io.wgwhy.connectors.collect.agent;

import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Links;
import io.wgwhy.facts.Routes;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is on this host, found by itself and followed as it changes: which commands there are to run
 * depends on it. Names that no tool would give to a device are passed over.
 */
final class Surroundings {
  /** What wg-quick(8) takes, as a program's argument: no option, no path, no pattern. */
  private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_=+][A-Za-z0-9_=+.-]{0,14}");

  /** A host's name (RFC 1123), and nothing that a program could take for an option. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");

  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  /** Devices that containers and virtual machines hang on: nothing of the outer world is there. */
  private static final Pattern INNER =
      Pattern.compile("(?:lo|docker|br-|veth|virbr|lxc|lxd|cni|flannel|cali|tap|ifb|dummy).*");

  /** Two captures run on each. */
  private static final int MOST_DEVICES = 4;

  private static final int MOST_TUNNELS = 16;
  private static final int MOST_DESTINATIONS = 12;

  private final Path folder;
  private Set<String> interfaces = Set.of();
  private @Nullable Links links;
  private @Nullable Addresses addresses;
  private @Nullable Routes routes;
  private final Map<String, WgPeer> peers = new LinkedHashMap<>();
  private final Map<String, WgConfig> configs = new TreeMap<>();

  /**
   * @param folder where wg-quick's configurations are
   */
  Surroundings(Path folder) {
    this.folder = folder;
  }

  synchronized void note(List<Fact> facts) {
    for (Fact fact : facts) {
      if (fact instanceof WgInventory inventory) {
        peers.clear();
        interfaces = new TreeSet<>();
        inventory.devices().forEach(it -> interfaces.add(it.name()));
      } else if (fact instanceof Links it) {
        links = it;
      } else if (fact instanceof Addresses it) {
        addresses = it;
      } else if (fact instanceof Routes it) {
        routes = it;
      } else if (fact instanceof WgConfig it) {
        configs.put(it.identity(), it);
      }
    }
    for (Fact fact : facts) {
      if (fact instanceof WgPeer peer) {
        peers.put(peer.identity(), peer);
      }
    }
  }

  /** WireGuard interfaces that are, or should be: a configuration is there. */
  synchronized List<String> tunnels() {
    Set<String> names = new TreeSet<>(interfaces);
    for (Path file : files()) {
      names.add(file.getFileName().toString().replaceFirst("\\.conf$", ""));
    }
    return names.stream().filter(it -> DEVICE.matcher(it).matches()).limit(MOST_TUNNELS).toList();
  }

  /** The configurations; those of the known interfaces when the folder may not be listed. */
  synchronized List<Path> configurations() {
    if (Files.isDirectory(folder) && !Files.isReadable(folder)) {
      return interfaces.stream()
          .filter(it -> DEVICE.matcher(it).matches())
          .limit(MOST_TUNNELS)
          .map(it -> folder.resolve(it + ".conf"))
          .toList();
    }
    return files();
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              it -> {
                String name = it.getFileName().toString();
                return name.endsWith(".conf")
                    && DEVICE.matcher(name.substring(0, name.length() - 5)).matches();
              })
          .sorted()
          .limit(MOST_TUNNELS)
          .toList();
    } catch (IOException | UncheckedIOException notThere) {
      return List.of();
    }
  }

  /** Where WireGuard's own packets may come and go: devices that are up and have an address. */
  synchronized List<String> outerDevices() {
    Set<String> found = new LinkedHashSet<>();
    // Where the default route leads is the outer world, whatever it is called: OpenWrt has br-wan.
    if (routes != null) {
      routes.routes().stream()
          .filter(it -> it.destination().endsWith("/0") && it.device() != null)
          .forEach(it -> found.add(String.valueOf(it.device())));
    }
    if (addresses != null) {
      addresses.addresses().stream()
          .filter(it -> it.scope().isEmpty() || it.scope().equals("global"))
          .filter(it -> !INNER.matcher(it.device()).matches())
          .forEach(it -> found.add(it.device()));
    }
    return found.stream().filter(this::isOuter).limit(MOST_DEVICES).toList();
  }

  private boolean isOuter(String device) {
    return DEVICE.matcher(device).matches()
        && !interfaces.contains(device)
        && (links == null
            || links.links().stream()
                .anyMatch(it -> it.name().equals(device) && it.up() != Answer.NO));
  }

  /**
   * Addresses to ask the way to: where the peers are, and hosts behind them. Peers without a young
   * handshake first: it is them that questions will be asked about.
   */
  synchronized List<String> destinations() {
    Set<String> found = new LinkedHashSet<>();
    List<WgPeer> ordered = new ArrayList<>(peers.values());
    // In a fixed order: wireguard-go lists its peers in another one each time.
    ordered.sort(Comparator.comparing(Surroundings::isFresh).thenComparing(WgPeer::identity));
    for (WgPeer peer : ordered) {
      if (peer.endpoint() != null) {
        found.add(peer.endpoint().address());
      }
      if (peer.allowedIps() != null) {
        peer.allowedIps().stream()
            .filter(it -> it.endsWith("/32") || it.endsWith("/128"))
            .limit(1)
            .forEach(it -> found.add(it.substring(0, it.indexOf('/'))));
      }
    }
    return found.stream()
        .filter(it -> ADDRESS.matcher(it).matches())
        .limit(MOST_DESTINATIONS)
        .toList();
  }

  /** Names that stand for endpoints in the configurations: what they mean may have changed. */
  synchronized List<String> endpointNames() {
    List<String> there = tunnels();
    return configs.values().stream()
        .filter(it -> there.contains(it.iface()))
        .flatMap(it -> it.peers().stream())
        .map(WgConfig.Peer::endpoint)
        .filter(Objects::nonNull)
        .map(Endpoint::address)
        .filter(it -> NAME.matcher(it).matches() && !ADDRESS.matcher(it).matches())
        .distinct()
        .limit(MOST_DESTINATIONS)
        .toList();
  }

  private static boolean isFresh(WgPeer peer) {
    Long age = peer.handshakeAge();
    return age != null && age * 1000 <= WireGuard.REJECT_AFTER_TIME;
  }

  /** The peers as they were last seen. */
  synchronized List<WgPeer> peers() {
    return List.copyOf(peers.values());
  }
}
