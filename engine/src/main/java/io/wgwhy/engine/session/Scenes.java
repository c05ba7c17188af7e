package io.wgwhy.engine.session;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How each tunnel looked when it was looked at last, and which of them are calm since. */
final class Scenes {
  private final Memory memory;
  private final Hearing hearing;
  private final Tunnels tunnels;
  private final CalmTunnels calm;
  private final Map<String, Scene> known = new HashMap<>();

  Scenes(Memory memory, Hearing hearing, Tunnels tunnels) {
    this.memory = memory;
    this.hearing = hearing;
    this.tunnels = tunnels;
    this.calm = new CalmTunnels();
  }

  /** How a tunnel looks now. */
  Scene of(Pairing.Pair pair) {
    return Scene.of(
        memory, pair.without(hearing::isSilent), tunnels.unanswered(pair.tunnel().id()));
  }

  /** Looks at a tunnel anew; null when there is no such tunnel any more. */
  @Nullable Scene again(String tunnel) {
    calm.takeCounted(tunnel);
    Pairing.Pair pair = tunnels.pair(tunnel);
    if (pair == null) {
      known.remove(tunnel);
      return null;
    }
    Scene scene = of(pair);
    known.put(tunnel, scene);
    return scene;
  }

  /** With all that was counted; null when there is no such tunnel. */
  @Nullable Scene now(String tunnel) {
    Pairing.Pair pair = calm.takeCounted(tunnel) ? tunnels.pair(tunnel) : null;
    if (pair != null) {
      known.put(tunnel, of(pair));
    }
    return known.get(tunnel);
  }

  /** The same of a tunnel that must be there. */
  Scene required(String tunnel) {
    Scene scene = now(tunnel);
    if (scene == null) {
      throw new IllegalStateException("no such tunnel: " + tunnel);
    }
    return scene;
  }

  /** Of every tunnel, with all that was counted. */
  Collection<Scene> all() {
    calm.counted().forEach(this::now);
    return known.values();
  }

  /** Whether only the counters moved of a tunnel that is well, and amount to the same. */
  boolean isStillCalm(String tunnel) {
    Calm before = calm.of(tunnel);
    Pairing.Pair pair = tunnels.pair(tunnel);
    if (before == null || pair == null) {
      return false;
    }
    Scene scene = of(pair);
    boolean holds = before.holds(scene);
    if (holds) {
      calm.takeCounted(tunnel);
      known.put(tunnel, scene);
      calm.goOn(scene);
    }
    return holds;
  }

  /**
   * A tunnel was judged in full.
   *
   * @param well whether nothing was found, and it may be calm
   * @return whether it is
   */
  boolean judged(String tunnel, boolean well) {
    Scene scene = now(tunnel);
    Calm is = well && scene != null ? Calm.of(scene) : null;
    calm.judged(tunnel, scene, is);
    return is != null;
  }
}
