package io.wgwhy.engine.session;

import io.wgwhy.facts.tunnel.ConfigDrift;
import io.wgwhy.facts.tunnel.Cookies;
import io.wgwhy.facts.tunnel.NameCheck;
import io.wgwhy.facts.tunnel.NetworkBehind;
import io.wgwhy.facts.tunnel.NotForwarding;
import io.wgwhy.facts.tunnel.NotPersisted;
import io.wgwhy.facts.tunnel.NothingHeard;
import io.wgwhy.facts.tunnel.ReplyRoute;
import io.wgwhy.facts.tunnel.ServerEndpoint;
import io.wgwhy.facts.tunnel.TakenPrefix;
import io.wgwhy.facts.tunnel.UnsyncedClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says of a judgement of {@link Risks} what it shows.
 *
 * @param host of whom
 * @param fact the judgement's name
 */
record RiskSays(@Nullable String host, String fact, String says) {

  /** Null for all other judgements. */
  static @Nullable RiskSays of(Scene scene, Object matched) {
    String a = scene.a().host();
    String b = scene.b().host();
    if (matched instanceof NameCheck it) {
      String says = it.name() + " is " + it.resolved() + " now; " + it.running() + " is in use";
      return new RiskSays(a, "name-check", says);
    } else if (matched instanceof ReplyRoute it) {
      return new RiskSays(b, "reply-route", route(it));
    } else if (matched instanceof Cookies it && it.seen().yes()) {
      return new RiskSays(b, "cookies", "answers with cookies: it is under load");
    } else if (matched instanceof ConfigDrift it) {
      String says =
          it.keyword() + " is " + it.configured() + " in the file, and " + it.running() + " runs";
      return new RiskSays(it.host(), "config-drift", says);
    } else if (matched instanceof TakenPrefix it) {
      String says = it.prefix() + " stands at this peer, and again at " + it.otherPeer();
      return new RiskSays(it.host(), "taken-prefix", says);
    } else if (matched instanceof ServerEndpoint it) {
      String where = it.differs().yes() ? ", the peer is at " + it.running() : "";
      return new RiskSays(it.host(), "server-endpoint", "Endpoint = " + it.configured() + where);
    } else if (matched instanceof UnsyncedClock it) {
      return new RiskSays(it.host(), "unsynced-clock", "nobody keeps its clock right");
    } else if (matched instanceof NotPersisted it) {
      return new RiskSays(it.host(), "not-persisted", it.setting() + " = 1, and no file sets it");
    } else if (matched instanceof NotForwarding it) {
      return new RiskSays(it.host(), "not-forwarding", "net.ipv4.ip_forward = 0");
    } else if (matched instanceof NothingHeard it) {
      String says = "none of " + it.iface() + "'s peers (" + it.peers() + ") was ever heard";
      return new RiskSays(it.host(), "nothing-heard", says);
    } else if (matched instanceof NetworkBehind it) {
      return new RiskSays(b, "network-behind", "sends " + it.network() + " into the tunnel");
    }
    return null;
  }

  private static String route(ReplyRoute it) {
    List<String> parts = new ArrayList<>();
    part(parts, "initiations come by ", it.cameBy());
    part(parts, "initiations are sent to ", it.cameTo());
    part(parts, "responses leave by ", it.leftBy());
    part(parts, "responses have the source ", it.leftFrom());
    part(parts, "the way back to the initiator is by ", it.routed());
    return String.join("; ", parts);
  }

  private static void part(List<String> parts, String what, @Nullable String value) {
    if (value != null) {
      parts.add(what + value);
    }
  }
}
