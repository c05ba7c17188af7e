package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.tunnel.NothingHeard;
import io.wgwhy.facts.tunnel.Trend;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The interfaces that never heard any of their peers, none of which was seen itself. */
final class NothingIsHeard {
  private NothingIsHeard() {}

  /** One for each such interface, by the tunnel that speaks for all of them. */
  static Map<String, NothingHeard> in(Collection<Scene> scenes) {
    Map<String, NothingHeard> ofIface = new TreeMap<>();
    Map<String, Boolean> heard = new TreeMap<>();
    for (Scene scene : scenes) {
      String host = scene.b().host();
      String iface = scene.b().iface();
      if (scene.pair().isOfHost()) {
        continue;
      }
      if (host == null || iface == null || scene.a().host() != null || !isWaiting(scene)) {
        heard.put(Objects.toString(host), true);
        continue;
      }
      ofIface.merge(
          host + " " + iface,
          new NothingHeard(scene.tunnel().id(), host, iface, 1),
          (one, other) -> new NothingHeard(one.tunnel(), host, iface, one.peers() + 1));
    }
    Map<String, NothingHeard> found = new LinkedHashMap<>();
    ofIface.values().stream()
        .filter(it -> !heard.containsKey(it.host()))
        .forEach(it -> found.put(it.tunnel(), it));
    return found;
  }

  /** It is up, has no endpoint to begin with, and nothing ever came. */
  private static boolean isWaiting(Scene scene) {
    Trend trend = scene.responderTrend();
    return trend != null
        && trend.condition() == Trend.Condition.NEVER_USED
        && trend.handshake() == Answer.NO
        && scene.b().present().yes()
        && scene.b().hasEndpoint().no();
  }
}
