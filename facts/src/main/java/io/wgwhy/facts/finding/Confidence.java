package io.wgwhy.facts.finding;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How sure a finding is. */
public enum Confidence {
  /** The evidence leaves no other cause. A wrong one is the worst bug that there can be. */
  @JsonProperty("confirmed")
  CONFIRMED,
  /** Something points to it; others are not excluded. */
  @JsonProperty("likely")
  LIKELY,
  /** Only a candidate: the first in the diagnostic order that nothing has ruled out. */
  @JsonProperty("possible")
  POSSIBLE
}
