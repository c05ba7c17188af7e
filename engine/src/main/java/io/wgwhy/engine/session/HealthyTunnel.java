package io.wgwhy.engine.session;

import io.wgwhy.facts.finding.Subject;
import io.wgwhy.facts.tunnel.Trend;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel that nothing is wrong with, as far as was seen.
 *
 * @param subject the tunnel
 * @param says how it is, in one clause: {@code idle: nothing is asked of it}
 */
public record HealthyTunnel(Subject subject, String says) {

  static HealthyTunnel of(Subject subject, Scene scene) {
    Trend trend = scene.initiatorTrend() != null ? scene.initiatorTrend() : scene.responderTrend();
    return new HealthyTunnel(subject, says(trend));
  }

  private static String says(@Nullable Trend trend) {
    if (trend == null) {
      return "not seen at work: no output of wg was read";
    }
    return switch (trend.condition()) {
      case HEARS -> "works" + handshake(trend);
      case IDLE ->
          (trend.samples() > 1
                  ? "idle: nothing is asked of it"
                  : "seen once, without a fresh handshake: idle, or worse")
              + handshake(trend);
      case NEVER_USED -> "never used: nothing was sent or received";
      case HEARS_ONLY_KEEPALIVES -> "sends, and only keepalives come back" + handshake(trend);
      default -> "too little was seen to tell";
    };
  }

  private static String handshake(Trend trend) {
    return trend.handshakeAge() == null || trend.handshakeAge() < 0
        ? ""
        : ", latest handshake " + trend.handshakeAge() + " s ago";
  }
}
