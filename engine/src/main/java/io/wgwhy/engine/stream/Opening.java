package io.wgwhy.engine.stream;

import io.wgwhy.engine.session.NetworkSession;

/** Opens the session of a network. Which rules it has is for those to say who wire. */
@FunctionalInterface
public interface Opening {
  NetworkSession open(String tenant, String network);
}
