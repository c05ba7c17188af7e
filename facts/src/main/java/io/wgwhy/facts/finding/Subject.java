package io.wgwhy.facts.finding;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What a finding is about. */
public record Subject(TunnelSubject tunnel) {

  /**
   * @param responder null when the finding is about the host itself, not one of its tunnels
   */
  public record TunnelSubject(EndSubject initiator, @Nullable EndSubject responder) {}

  /**
   * One end of a tunnel.
   *
   * @param host null when that end was not seen
   * @param iface the interface; null when that end was not seen
   * @param publicKey the end's public key; null when unknown
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record EndSubject(
      @Nullable String host,
      @com.fasterxml.jackson.annotation.JsonProperty("interface") @Nullable String iface,
      @Nullable String publicKey) {}
}
