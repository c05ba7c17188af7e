package io.wgwhy.engine.session;

import io.wgwhy.facts.Capture;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.CommandFailure.Reason;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Heartbeat;
import io.wgwhy.facts.NotTakenIn;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.tunnel.BlindSpot;
import io.wgwhy.facts.tunnel.BlindSpot.Sight;
import io.wgwhy.facts.tunnel.OverLimit;
import io.wgwhy.facts.tunnel.Silence;
import io.wgwhy.facts.tunnel.Tunnel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the collectors could not see. */
final class Sights {
  private Sights() {}

  /** What cannot be seen of a tunnel, each under a key of its own. */
  static Map<String, Object> of(Scene scene) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (HostFacts host : List.of(scene.hostA(), scene.hostB())) {
      spots(scene.tunnel().id(), host, 0).stream()
          .filter(it -> it.sight() != Sight.COUNTERS)
          .forEach(it -> all.put("blind-spot/" + it.host() + "/" + it.command(), it));
    }
    return all;
  }

  /**
   * What is wrong with looking at a host at all.
   *
   * @param unjudged how many of its tunnels nobody else sees
   */
  static Map<String, Object> ofHost(
      Tunnel standsForIt, HostFacts host, Hearing hearing, int unjudged) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("tunnel", standsForIt);
    String id = standsForIt.id();
    if (hearing.isSilent(host.name())) {
      long every = hearing.every(host.name()) / 1000;
      all.put("silence", new Silence(id, host.name(), unjudged, host.lastHeard(), every));
    } else {
      spots(id, host, unjudged).stream()
          .filter(it -> it.sight() == Sight.COUNTERS)
          .forEach(it -> all.put("blind-spot/" + it.command(), it));
    }
    NotTakenIn limit = host.latest(NotTakenIn.class);
    if (limit != null && limit.full()) {
      boolean known = host.hasAny(WgInterface.class) || host.hasAny(WgPeer.class);
      all.put("over-limit", new OverLimit(id, host.name(), limit.megabytes(), known ? 0 : 1));
    }
    return all;
  }

  private static List<BlindSpot> spots(String tunnel, HostFacts host, int unjudged) {
    List<BlindSpot> all = new ArrayList<>();
    for (CommandFailure failure : host.all(CommandFailure.class)) {
      Sight sight = sight(failure);
      if (sight != null && !seenSince(host, sight, failure.at()) && !worksAgain(host, failure)) {
        all.add(
            new BlindSpot(
                tunnel,
                host.name(),
                sight,
                failure.command(),
                failure.reason(),
                unjudged,
                packageOf(failure.command())));
      }
    }
    return all;
  }

  /** How many tunnels of a host its matched fact is about; 1 when it tells of one tunnel. */
  static int affected(List<Object> matched) {
    for (Object it : matched) {
      if (it instanceof Silence silence) {
        return Math.max(1, silence.tunnels());
      }
      if (it instanceof OverLimit limit) {
        return Math.max(1, limit.tunnels());
      }
      if (it instanceof BlindSpot spot) {
        return Math.max(1, spot.tunnels());
      }
    }
    return 1;
  }

  /** Whether wg could not be asked when somebody last tried. */
  static boolean isBlind(HostFacts host) {
    return spots("", host, 0).stream().anyMatch(it -> it.sight() == Sight.COUNTERS);
  }

  /** What is lost with it; null when nothing: a host without nft may well have iptables. */
  private static @Nullable Sight sight(CommandFailure failure) {
    boolean denied = failure.reason() == Reason.NOT_PERMITTED;
    boolean missing = failure.reason() == Reason.NOT_FOUND;
    return switch (failure.command()) {
      case "wg" -> denied || missing ? Sight.COUNTERS : null;
      case "tcpdump" -> denied || missing ? Sight.PACKETS : null;
      case "nft", "iptables", "ip6tables", "iptables-save", "ip6tables-save" ->
          denied ? Sight.FILTER : null;
      default -> null;
    };
  }

  /** A collector says again only what changed, and with each heartbeat what fails. */
  private static boolean worksAgain(HostFacts host, CommandFailure failure) {
    Heartbeat heartbeat = host.latest(Heartbeat.class);
    return heartbeat != null
        && heartbeat.at() >= failure.at()
        && heartbeat.failing() != null
        && !heartbeat.failing().contains(failure.command());
  }

  private static boolean seenSince(HostFacts host, Sight sight, long at) {
    return switch (sight) {
      case COUNTERS ->
          since(host, WgInventory.class, at)
              || since(host, WgInterface.class, at)
              || since(host, WgPeer.class, at);
      case PACKETS -> since(host, Capture.class, at);
      case FILTER -> since(host, Ruleset.class, at);
    };
  }

  private static boolean since(HostFacts host, Class<? extends Fact> type, long at) {
    return host.all(type).stream().anyMatch(it -> it.at() >= at);
  }

  private static String packageOf(String command) {
    return switch (command) {
      case "wg" -> "wireguard-tools";
      case "nft" -> "nftables";
      case "tcpdump" -> "tcpdump";
      default -> "iptables";
    };
  }

  /** In the words of a finding. */
  static String says(BlindSpot it) {
    String reason = it.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return it.command() + " could not be run: " + reason;
  }
}
