package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.tunnel.End;
import io.wgwhy.facts.tunnel.Tunnel;
import io.wgwhy.rules.Cause;
import io.wgwhy.rules.Justification;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The interface at which the fault of a finding lies: all tunnels that end there and have it share
 * one finding.
 */
record FaultPlace(String host, String iface) {

  /** Where it is; null when it is the tunnel's own. */
  static @Nullable FaultPlace of(Cause cause, Tunnel tunnel, @Nullable Justification reason) {
    return switch (cause.at()) {
      case TUNNEL -> null;
      case INITIATOR -> of(tunnel.initiator());
      case RESPONDER -> of(tunnel.responder());
      case HOST -> ofHost(tunnel, reason);
    };
  }

  /** All the places where it might be. */
  static List<FaultPlace> candidates(Cause cause, Tunnel tunnel) {
    return switch (cause.at()) {
      case TUNNEL -> List.of();
      case INITIATOR -> list(of(tunnel.initiator()));
      case RESPONDER -> list(of(tunnel.responder()));
      case HOST -> list(of(tunnel.initiator()), of(tunnel.responder()));
    };
  }

  /**
   * Of what may be at either end the facts tell: whose bring-up failed, whose interface is down.
   */
  private static @Nullable FaultPlace ofHost(Tunnel tunnel, @Nullable Justification reason) {
    List<FaultPlace> found = new ArrayList<>();
    if (reason != null) {
      reason.facts().stream()
          .filter(BringUp.class::isInstance)
          .map(BringUp.class::cast)
          .forEach(it -> found.add(new FaultPlace(it.host(), it.iface())));
    }
    if (found.isEmpty()) {
      Stream.of(tunnel.initiator(), tunnel.responder())
          .filter(it -> it.up() == Answer.NO || it.present() == Answer.NO)
          .map(FaultPlace::of)
          .filter(Objects::nonNull)
          .forEach(found::add);
    }
    return found.stream().distinct().count() == 1 ? found.get(0) : null;
  }

  private static @Nullable FaultPlace of(End end) {
    return end.host() == null || end.iface() == null
        ? null
        : new FaultPlace(end.host(), end.iface());
  }

  private static List<FaultPlace> list(@Nullable FaultPlace... places) {
    return Stream.of(places).filter(Objects::nonNull).toList();
  }
}
