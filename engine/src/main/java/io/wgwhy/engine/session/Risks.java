package io.wgwhy.engine.session;

import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.ClockState;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.MessageType;
import io.wgwhy.facts.SysctlFiles;
import io.wgwhy.facts.Sysctls;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgLog;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.tunnel.Cookies;
import io.wgwhy.facts.tunnel.NetworkBehind;
import io.wgwhy.facts.tunnel.NotForwarding;
import io.wgwhy.facts.tunnel.NotPersisted;
import io.wgwhy.facts.tunnel.Role;
import io.wgwhy.facts.tunnel.ServerEndpoint;
import io.wgwhy.facts.tunnel.UnsyncedClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What may go wrong one day, and what is easily taken for something else. */
final class Risks {
  /**
   * No way from a host to its receiver takes as long as a session may live: a clock that is further
   * behind the receiver's was set back, or never set, though timedatectl may not have been asked.
   */
  private static final long FAR_BEHIND = WireGuard.REJECT_AFTER_TIME;

  private static final String FORWARDING = Sysctls.FORWARDS_IPV4;

  private final Scene scene;
  private final String id;

  private Risks(Scene scene) {
    this.scene = scene;
    this.id = scene.tunnel().id();
  }

  /**
   * All of it, each under a key of its own.
   *
   * @param speaksForHost whether this is the tunnel that speaks for what concerns all of a host's
   */
  static Map<String, Object> of(Scene scene, Predicate<String> speaksForHost) {
    Risks risks = new Risks(scene);
    Map<String, Object> all = new LinkedHashMap<>();
    put(all, "name-check", NameChecks.of(scene));
    all.put("reply-route", ReplyRoutes.of(scene));
    all.put("cookies", risks.cookies());
    for (Role role : Role.values()) {
      Drifts.of(scene, role).forEach(it -> all.put("drift/" + role + "/" + it.keyword(), it));
      Drifts.taken(scene, role).forEach(it -> all.put("taken/" + role + "/" + it.prefix(), it));
      put(all, "server-endpoint/" + role, risks.serverEndpoint(role));
      put(all, "clock/" + role, risks.clock(role, speaksForHost));
      put(all, "not-forwarding/" + role, risks.notForwarding(role));
    }
    put(all, "not-persisted", risks.notPersisted(speaksForHost));
    put(all, "network-behind", risks.networkBehind());
    return all;
  }

  private static void put(Map<String, Object> all, String key, @Nullable Object value) {
    if (value != null) {
      all.put(key, value);
    }
  }

  private Cookies cookies() {
    List<Capture> leaving = scene.captures(scene.hostB(), Direction.OUT);
    List<Capture> all = new ArrayList<>(leaving);
    all.addAll(scene.captures(scene.hostA(), Direction.IN));
    boolean seen =
        all.stream()
            .flatMap(it -> it.flows().stream())
            .anyMatch(it -> it.type() == MessageType.COOKIE_REPLY);
    WgLog log = scene.hostB().latest(WgLog.class);
    boolean said =
        log != null
            && log.entries().stream()
                .anyMatch(
                    it ->
                        it.meaning() == WgLog.Meaning.COOKIE_SENT
                            && (it.lastAt() == null || it.lastAt() >= scene.since() - 1000));
    Answer answer = seen || said ? Answer.YES : scene.looked(leaving) ? Answer.NO : Answer.UNKNOWN;
    return new Cookies(id, answer);
  }

  /** Null for an end that does not look like a server, or has no Endpoint in its file. */
  private @Nullable ServerEndpoint serverEndpoint(Role role) {
    PeerView view = view(role);
    if (view == null || view.configured() == null || view.end().iface() == null) {
      return null;
    }
    Endpoint configured = view.configured().endpoint();
    if (configured == null || !Initiative.hasServersFile(view)) {
      return null;
    }
    Endpoint running = view.end().endpoint();
    WgPeer peer = view.peer();
    boolean literal = Prefixes.isAddress(configured.address());
    boolean heard = peer != null && peer.rxBytes() != null && peer.rxBytes() > 0;
    Answer differs =
        running == null || !literal || !heard
            ? Answer.UNKNOWN
            : Answer.of(!running.equals(configured));
    boolean silent = peer != null && peer.rxBytes() != null && peer.rxBytes() == 0;
    return new ServerEndpoint(
        id,
        role,
        view.host().name(),
        view.end().iface(),
        configured.toString(),
        running == null ? "" : running.toString(),
        differs,
        Answer.of(silent && running != null && (!literal || running.equals(configured))));
  }

  private @Nullable UnsyncedClock clock(Role role, Predicate<String> speaksForHost) {
    PeerView view = view(role);
    // What a responder compares are two times of the initiator: its own clock does not enter.
    if (role != Role.INITIATOR || view == null || !speaksForHost.test(view.host().name())) {
      return null;
    }
    ClockState told = view.host().latest(ClockState.class);
    HostClock measured = view.host().latest(HostClock.class);
    boolean unsynced = told != null && told.synced().no();
    boolean behind = measured != null && measured.offsetMillis() < -FAR_BEHIND;
    return unsynced || behind ? new UnsyncedClock(id, role, view.host().name()) : null;
  }

  /** Docker and some hooks set it at each start: then no file needs to. */
  private @Nullable NotPersisted notPersisted(Predicate<String> speaksForHost) {
    PeerView view = scene.pair().responder();
    if (view == null || !speaksForHost.test(view.host().name())) {
      return null;
    }
    HostFacts host = view.host();
    Sysctls now = host.latest(Sysctls.class);
    SysctlFiles files = host.latest(SysctlFiles.class);
    boolean lost =
        now != null
            && now.forwardsIpv4().yes()
            && files != null
            && !Long.valueOf(1).equals(files.values().get(FORWARDING))
            && !Long.valueOf(1).equals(files.values().get("net.ipv4.conf.all.forwarding"));
    boolean setByHook =
        host.all(WgConfig.class).stream()
            .flatMap(it -> it.hooks().stream())
            .anyMatch(it -> it.effect() == WgConfig.Effect.IP_FORWARD_ON);
    boolean setByDocker =
        host.rulesets().stream()
            .flatMap(it -> it.chains().stream())
            .anyMatch(it -> it.name().startsWith("DOCKER"));
    return lost && !setByHook && !setByDocker
        ? new NotPersisted(id, host.name(), FORWARDING)
        : null;
  }

  /**
   * A network that is on another link of the host, or for the responder everything, is sent to it,
   * and it does not forward.
   */
  private @Nullable NotForwarding notForwarding(Role role) {
    PeerView view = view(role);
    Sysctls sysctls = view == null ? null : view.host().latest(Sysctls.class);
    List<String> sent = (role == Role.INITIATOR ? scene.b() : scene.a()).allowedIps();
    if (view == null || sysctls == null || !sysctls.forwardsIpv4().no() || sent == null) {
      return null;
    }
    List<String> own = view.end().tunnelAddresses();
    List<String> links =
        view.host().addresses().stream()
            .filter(it -> !it.device().equals("lo") && !it.device().equals(view.end().iface()))
            .map(Addresses.AddressOn::cidr)
            .filter(it -> Prefixes.isIpv4(Prefixes.withoutLength(it)))
            .toList();
    return sent.stream()
        .filter(it -> Prefixes.isIpv4(Prefixes.withoutLength(it)) && Prefixes.length(it) < 32)
        .filter(
            it ->
                Prefixes.length(it) <= 1
                    ? role == Role.RESPONDER
                    : own.stream().noneMatch(address -> Prefixes.overlap(it, address))
                        && links.stream().anyMatch(link -> Prefixes.overlap(it, link)))
        .findFirst()
        .map(it -> new NotForwarding(id, view.host().name(), it))
        .orElse(null);
  }

  private @Nullable NetworkBehind networkBehind() {
    List<String> allowed = scene.b().allowedIps();
    return scene.pair().responder() == null || allowed == null
        ? null
        : allowed.stream()
            .filter(it -> Prefixes.isIpv4(Prefixes.withoutLength(it)))
            .filter(it -> Prefixes.length(it) > 0 && Prefixes.length(it) < 32)
            .filter(
                it ->
                    scene.a().tunnelAddresses().stream()
                        .noneMatch(own -> Prefixes.overlap(it, own)))
            .findFirst()
            .map(it -> new NetworkBehind(id, it))
            .orElse(null);
  }

  private @Nullable PeerView view(Role role) {
    return role == Role.INITIATOR ? scene.pair().initiator() : scene.pair().responder();
  }
}
