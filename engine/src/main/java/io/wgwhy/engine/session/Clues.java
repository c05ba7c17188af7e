package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.tunnel.Clue;
import io.wgwhy.facts.tunnel.Clue.Shows;
import io.wgwhy.facts.tunnel.End;
import io.wgwhy.facts.tunnel.Role;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.facts.tunnel.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What single outputs show by themselves. Asked last, and only of what was pasted: where an end was
 * seen at work for a while, measurements say more.
 */
final class Clues {
  private static final Pattern NAMED_LIKE_A_TUNNEL =
      Pattern.compile("(?:wg|utun|tun|nordlynx|wireguard|kilo|nm-wg|amn)[\\w.-]*");

  /** Of docker, libvirt, podman and CNI's plugins, as they name them. */
  private static final Pattern NAMED_LIKE_INSIDE =
      Pattern.compile("lo|(?:docker|br-|veth|virbr|podman|cni).*");

  private final Scene scene;
  private final Role role;
  private final HostFacts host;
  private final Set<String> tunnels;
  private final List<Clue> found = new ArrayList<>();

  private Clues(Scene scene, Role role) {
    this.scene = scene;
    this.role = role;
    this.host = role == Role.INITIATOR ? scene.hostA() : scene.hostB();
    this.tunnels = host.wireGuardInterfaces();
  }

  /** The clues of a tunnel; none when somebody measured. */
  static List<Clue> of(Scene scene) {
    if (measured(scene.initiatorTrend()) || measured(scene.responderTrend())) {
      return List.of();
    }
    List<Clue> all = new ArrayList<>();
    for (Role role : Role.values()) {
      Clues clues = new Clues(scene, role);
      if (clues.end().seen()) {
        clues.look();
        all.addAll(clues.found);
      }
    }
    return all;
  }

  /** Whether a host says anything that can be a clue, though it shows no tunnel. */
  static boolean mayShow(HostFacts host) {
    return host.wireGuardInterfaces().isEmpty() && host.saysAnything();
  }

  private static boolean measured(@Nullable Trend trend) {
    // Pasted one below the other, nobody knows when.
    return trend != null && trend.samples() > 1 && trend.watched() > 0;
  }

  private void look() {
    new ProviderClues(this).look();
    new FilterClues(this).look();
    new SendingClues(this).look();
    new NatClues(this).look();
    new CaptureClues(this).look();
    new ProbeClues(this).look();
    new LogClues(this).look();
    new SetUpClues(this).look();
    new ConflictClues(this).look();
    new RouteClues(this).look();
    BringUp bringUp =
        host.all(BringUp.class).stream()
            .filter(it -> it.failure() == BringUp.Failure.ENDPOINT_NAME_UNRESOLVED)
            .filter(it -> it.iface().equals(end().iface()))
            .findFirst()
            .orElse(null);
    if (bringUp != null && bringUp.succeeded() == Answer.UNKNOWN) {
      add(
          Shows.WAITS_FOR_NAME,
          "wg on " + host.name() + " goes on trying to resolve the name of the endpoint",
          bringUp.subject(),
          null);
    }
  }

  private boolean works() {
    return hears(scene.initiatorTrend()) || hears(scene.responderTrend());
  }

  private static boolean hears(@Nullable Trend trend) {
    return trend != null && trend.condition() == Trend.Condition.HEARS;
  }

  /** Whether this end shows a session of these minutes. */
  boolean hearsNow() {
    return hears(role == Role.INITIATOR ? scene.initiatorTrend() : scene.responderTrend());
  }

  Scene scene() {
    return scene;
  }

  HostFacts host() {
    return host;
  }

  End end() {
    return role == Role.INITIATOR ? scene.a() : scene.b();
  }

  End otherEnd() {
    return role == Role.INITIATOR ? scene.b() : scene.a();
  }

  /** Whether this end is the one that waits for others, and forwards for them. */
  boolean serves() {
    return role == Role.RESPONDER;
  }

  <F extends Fact> @Nullable F latest(Class<F> type) {
    return host.latest(type);
  }

  /** Whether a device is a tunnel's, as far as its name or what is known of it tells. */
  boolean isTunnel(String device) {
    return Objects.equals(device, end().iface())
        || tunnels.contains(device)
        || NAMED_LIKE_A_TUNNEL.matcher(device).matches();
  }

  /** Whether a device may lead to others' networks: no tunnel, and no bridge to containers. */
  boolean leadsOutside(String device) {
    return !isTunnel(device) && !NAMED_LIKE_INSIDE.matcher(device).matches();
  }

  /** Whether an address is one of the host's. */
  boolean isOwn(String address) {
    return host().addresses().stream().anyMatch(it -> Prefixes.same(it.address(), address));
  }

  void add(Shows shows, String says, @Nullable String seen, @Nullable String wanted) {
    add(shows, Symptom.Kind.REPORTED, says, seen, wanted);
  }

  void add(
      Shows shows,
      Symptom.Kind symptom,
      String says,
      @Nullable String seen,
      @Nullable String wanted) {
    String tunnel = scene.tunnel().id();
    if (symptom == Symptom.Kind.NO_HANDSHAKE && works()) {
      // Of another time.
      return;
    }
    if (found.stream().noneMatch(it -> it.shows() == shows)) {
      found.add(new Clue(tunnel, host.name(), shows, symptom, says, seen, wanted));
    }
  }
}
