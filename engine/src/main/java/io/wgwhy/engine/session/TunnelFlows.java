package io.wgwhy.engine.session;

import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Capture.Flow;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.MessageType;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which of the flows that captures saw belong to a tunnel. */
final class TunnelFlows {
  /** The port of a source that was seen under several. */
  static final int UNKNOWN_PORT = 0;

  private final Scene scene;
  private final @Nullable Endpoint endpoint;
  private final @Nullable Integer listenPort;

  TunnelFlows(Scene scene) {
    this.scene = scene;
    this.endpoint = scene.endpoint();
    this.listenPort = scene.listenPort();
  }

  boolean isInitiationForEndpoint(Flow flow) {
    return flow.type() == MessageType.INITIATION
        && flow.direction() != Direction.IN
        && endpoint != null
        && Objects.equals(flow.destinationPort(), endpoint.port())
        && Prefixes.same(flow.destination(), endpoint.address());
  }

  boolean isInitiationForResponder(Flow flow) {
    return flow.type() == MessageType.INITIATION
        && flow.direction() != Direction.OUT
        && Objects.equals(flow.destinationPort(), listenPort)
        && mayBeInitiators(flow.source(), flow.sourcePort());
  }

  /**
   * Of an initiator that was seen it is known that it asks, if from where is not: whatever no other
   * peer can have sent may be its. One that was not seen has what comes from its endpoint.
   */
  private boolean mayBeInitiators(String address, @Nullable Integer port) {
    if (scene.a().seen()) {
      return port == null || !isOtherPeer(address, port);
    }
    Unanswered unanswered = scene.unanswered();
    return isAt(unanswered == null ? null : unanswered.source(), address, port)
        || isAt(scene.b().endpoint(), address, port);
  }

  private static boolean isAt(@Nullable Endpoint endpoint, String address, @Nullable Integer port) {
    return endpoint != null
        && Objects.equals(port, endpoint.port())
        && Prefixes.same(address, endpoint.address());
  }

  boolean isInitiationForAnotherPort(Flow flow) {
    // Behind a port forward it is another router's port that the initiator asks for.
    boolean asked =
        endpoint == null
            || Objects.equals(flow.destinationPort(), endpoint.port())
            || scene.b().hostAddresses().stream()
                .noneMatch(it -> Prefixes.same(it, endpoint.address()));
    return flow.type() == MessageType.INITIATION
        && flow.direction() != Direction.OUT
        && !Objects.equals(flow.destinationPort(), scene.b().listenPort())
        && asked
        && scene.b().hostAddresses().stream().anyMatch(it -> Prefixes.same(it, flow.destination()))
        && mayBeInitiators(flow.source(), flow.sourcePort());
  }

  boolean isResponseFromResponder(Flow flow) {
    return flow.type() == MessageType.RESPONSE
        && flow.direction() != Direction.IN
        && Objects.equals(flow.sourcePort(), listenPort)
        && mayBeInitiators(flow.destination(), flow.destinationPort());
  }

  boolean isResponseForInitiator(Flow flow) {
    return flow.type() == MessageType.RESPONSE
        && flow.direction() != Direction.OUT
        && endpoint != null
        && Objects.equals(flow.sourcePort(), endpoint.port())
        && Prefixes.same(flow.source(), endpoint.address());
  }

  boolean isInitiationFromEndpoint(Flow flow) {
    return flow.type() == MessageType.INITIATION
        && flow.direction() != Direction.OUT
        && isAt(endpoint, flow.source(), flow.sourcePort());
  }

  static boolean isUdp(Flow flow) {
    return switch (flow.type()) {
      case INITIATION, RESPONSE, COOKIE_REPLY, KEEPALIVE, DATA -> true;
      default -> false;
    };
  }

  /** Whether only other peers of the responder are known to be there. */
  boolean isOtherPeer(String address, int port) {
    Set<String> keys = scene.hostB().peersAt(new Endpoint(address, port));
    String own = scene.b().peerKey();
    return !keys.isEmpty() && (own == null || !keys.contains(own));
  }

  /**
   * Where the initiator's packets come from, as the responder sees it: the endpoint that it
   * learned, else the one source of all initiations that reach it; null when it is not known.
   */
  @Nullable Endpoint source() {
    if (scene.unanswered() != null) {
      return scene.unanswered().source();
    }
    if (scene.b().endpoint() != null) {
      return scene.b().endpoint();
    }
    Set<Endpoint> sources = new HashSet<>();
    for (Flow flow : arrived()) {
      if (flow.sourcePort() != null) {
        sources.add(new Endpoint(flow.source(), flow.sourcePort()));
      }
    }
    long addresses = sources.stream().map(Endpoint::address).distinct().count();
    if (addresses != 1) {
      return null;
    }
    Endpoint one = sources.iterator().next();
    return sources.size() == 1 ? one : new Endpoint(one.address(), UNKNOWN_PORT);
  }

  /** The device by which the initiations reach the responder; null when it is not known. */
  @Nullable String arrivalDevice() {
    Set<String> devices = new HashSet<>();
    for (Capture capture : scene.captures(scene.hostB(), Direction.IN)) {
      if (capture.flows().stream().anyMatch(this::isInitiationForResponder)) {
        devices.add(capture.device());
      }
    }
    devices.remove("any");
    devices.remove("?");
    return devices.size() == 1 ? devices.iterator().next() : null;
  }

  private List<Flow> arrived() {
    return scene.captures(scene.hostB(), Direction.IN).stream()
        .flatMap(it -> it.flows().stream())
        .filter(this::isInitiationForResponder)
        .toList();
  }
}
