package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.ConntrackFlows;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.tunnel.ReplyRoute;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Compares the way of the initiations with the way of the answers, at the responder. */
final class ReplyRoutes {
  private final Scene scene;
  private final TunnelFlows flows;

  private ReplyRoutes(Scene scene) {
    this.scene = scene;
    this.flows = new TunnelFlows(scene);
  }

  static ReplyRoute of(Scene scene) {
    return new ReplyRoutes(scene).judge();
  }

  private ReplyRoute judge() {
    String cameBy = flows.arrivalDevice();
    String cameTo = seen(Direction.IN, flows::isInitiationForResponder, Capture.Flow::destination);
    String leftBy = device(Direction.OUT, flows::isResponseFromResponder);
    String leftFrom = seen(Direction.OUT, flows::isResponseFromResponder, Capture.Flow::source);
    if (leftFrom == null) {
      leftFrom = trackedAnswer(cameTo);
    }
    Endpoint source = flows.source();
    String routed = source == null ? null : Routing.device(scene.hostB(), source.address());
    return new ReplyRoute(
        scene.tunnel().id(),
        cameBy,
        cameTo,
        leftBy,
        leftFrom,
        differs(cameBy, leftBy),
        cameTo == null || leftFrom == null
            ? Answer.UNKNOWN
            : Answer.of(!Prefixes.same(cameTo, leftFrom)),
        routed,
        Objects.equals(routed, "lo") ? Answer.UNKNOWN : differs(cameBy, routed));
  }

  private static Answer differs(@Nullable String one, @Nullable String other) {
    return one == null || other == null ? Answer.UNKNOWN : Answer.of(!one.equals(other));
  }

  /** What all wanted flows have in common; null when there are none, or several. */
  private @Nullable String seen(
      Direction direction, Predicate<Capture.Flow> wanted, Function<Capture.Flow, String> part) {
    Set<String> all = new TreeSet<>();
    for (Capture capture : scene.captures(scene.hostB(), direction)) {
      capture.flows().stream().filter(wanted).map(part).forEach(all::add);
    }
    return all.size() == 1 ? all.iterator().next() : null;
  }

  private @Nullable String device(Direction direction, Predicate<Capture.Flow> wanted) {
    Set<String> all = new TreeSet<>();
    for (Capture capture : scene.captures(scene.hostB(), direction)) {
      if (capture.flows().stream().anyMatch(wanted)) {
        all.add(capture.device());
      }
    }
    all.remove("any");
    all.remove("?");
    return all.size() == 1 ? all.iterator().next() : null;
  }

  /**
   * The connection tracker takes an answer from another address for a flow of its own. Its source
   * then; null when there is none.
   */
  private @Nullable String trackedAnswer(@Nullable String cameTo) {
    ConntrackFlows tracked = scene.hostB().latest(ConntrackFlows.class);
    Endpoint initiator = flows.source();
    if (tracked == null || cameTo == null || initiator == null || tracked.at() <= scene.since()) {
      return null;
    }
    return tracked.flows().stream()
        .filter(it -> Objects.equals(it.sourcePort(), scene.listenPort()))
        .filter(it -> Prefixes.same(it.destination(), initiator.address()))
        .filter(it -> !it.replied() && !Prefixes.same(it.source(), cameTo))
        .map(ConntrackFlows.TrackedFlow::source)
        .findFirst()
        .orElse(null);
  }
}
