package io.wgwhy.facts.finding;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How bad it is for the people who use the tunnel. */
public enum Severity {
  /** The tunnel carries nothing. */
  @JsonProperty("critical")
  CRITICAL,
  /** The tunnel carries some of what it should. */
  @JsonProperty("major")
  MAJOR,
  /** A risk: nothing is broken yet. */
  @JsonProperty("warning")
  WARNING
}
