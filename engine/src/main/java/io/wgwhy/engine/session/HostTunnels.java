package io.wgwhy.engine.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of a host's tunnels can be looked at, from either end. */
final class HostTunnels {
  private final Tunnels tunnels;
  private final Scenes scenes;
  private final Hearing hearing;

  HostTunnels(Tunnels tunnels, Scenes scenes, Hearing hearing) {
    this.tunnels = tunnels;
    this.scenes = scenes;
    this.hearing = hearing;
  }

  /** The tunnel that speaks for what concerns all of a host's. */
  @Nullable String first(String host) {
    return tunnels.of(host).stream().filter(this::isSeen).findFirst().orElse(null);
  }

  /**
   * How many tunnels of a host nobody else sees: 0 when the host itself can be looked at. One that
   * never showed any may have none, if others in its network do; else it counts as one.
   */
  int unjudged(HostFacts host) {
    if (!isUnseen(host)) {
      return 0;
    }
    List<String> own = tunnels.of(host.name()).stream().filter(this::isSeen).toList();
    if (own.isEmpty()) {
      return tunnels.pairs().keySet().stream().noneMatch(this::isSeen) ? 1 : 0;
    }
    return (int) own.stream().filter(it -> !isJudged(tunnels.pair(it))).count();
  }

  private boolean isJudged(Pairing.@Nullable Pair pair) {
    Scene scene = pair == null ? null : scenes.of(pair);
    return scene != null && (scene.initiatorTrend() != null || scene.responderTrend() != null);
  }

  /** Whether it is a tunnel, and does not just stand for a host of which none is known. */
  boolean isSeen(String tunnel) {
    Pairing.Pair pair = tunnels.pair(tunnel);
    return pair != null && !pair.isOfHost();
  }

  /** Whether the host itself cannot be looked at. */
  boolean isUnseen(HostFacts host) {
    return hearing.isSilent(host.name()) || Sights.isBlind(host);
  }
}
