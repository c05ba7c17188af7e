package io.wgwhy.engine.session;

import io.wgwhy.facts.tunnel.Trend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tunnels that are {@link Calm}. Nearly every fact is a sample of one of these, and passes
 * here: it is looked at with as few steps from object to object as can be.
 */
final class CalmTunnels {
  private final Map<String, Standing> standing = new HashMap<>();

  /** That a tunnel is calm, until it is over. */
  static final class Standing {
    private final String tunnel;
    private final Calm calm;
    private boolean over;

    /** More was counted since its scene was made, and is as it was. */
    private boolean counted;

    private Standing(String tunnel, Calm calm) {
      this.tunnel = tunnel;
      this.calm = calm;
    }
  }

  /** Whether the newest sample of a peer, which differs in numbers only, leaves its tunnel calm. */
  static boolean passes(Kept kept) {
    Ease ease = kept.ease();
    if (ease == null || ease.standing().over || !ease.goesOn(kept)) {
      return false;
    }
    ease.standing().counted = true;
    return true;
  }

  /** How a tunnel was when it became calm; null when it is not. */
  @Nullable Calm of(String tunnel) {
    Standing is = standing.get(tunnel);
    return is == null ? null : is.calm;
  }

  /** Whether more was counted of a tunnel than its scene tells; its scene is made anew, then. */
  boolean takeCounted(String tunnel) {
    Standing is = standing.get(tunnel);
    if (is == null || !is.counted) {
      return false;
    }
    is.counted = false;
    return true;
  }

  /** The tunnels of which more was counted than their scenes tell. */
  List<String> counted() {
    List<String> found = new ArrayList<>();
    standing.values().stream().filter(it -> it.counted).forEach(it -> found.add(it.tunnel));
    return found;
  }

  /** A tunnel was judged in full; {@code now} is null when it is not calm. */
  void judged(String tunnel, @Nullable Scene scene, @Nullable Calm now) {
    Standing before =
        now == null ? standing.remove(tunnel) : standing.put(tunnel, new Standing(tunnel, now));
    if (before != null) {
      before.over = true;
    }
    if (scene != null && now != null) {
      goOn(scene);
    }
  }

  /** All of a calm tunnel was looked at, and it is calm still. */
  void goOn(Scene scene) {
    Standing is = standing.get(scene.tunnel().id());
    if (is != null) {
      note(scene, is, scene.initiatorTrend(), scene.pair().initiator());
      note(scene, is, scene.responderTrend(), scene.pair().responder());
    }
  }

  private static void note(
      Scene scene, Standing is, @Nullable Trend trend, @Nullable PeerView view) {
    Kept kept = view == null ? null : view.kept();
    if (kept != null) {
      kept.ease(Ease.of(scene, is, trend, view));
    }
  }
}
