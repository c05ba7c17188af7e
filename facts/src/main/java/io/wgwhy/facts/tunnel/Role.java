package io.wgwhy.facts.tunnel;

/** Which end of a tunnel. */
public enum Role {
  INITIATOR,
  RESPONDER
}
