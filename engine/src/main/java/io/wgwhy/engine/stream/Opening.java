package io.wgwhy.engine.stream;

import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.finding.Finding;
import java.util.Collection;
import java.util.List;

/** Opens the session of a network. Which rules it has is for those to say who wire. */
@FunctionalInterface
public interface Opening {
  /** No network is called so: it is no key of a fact. */
  String NO_NETWORK = "";

  NetworkSession open(String tenant, String network);

  /**
   * Names the rules that sessions of a tenant are opened with now. When the name changes, sessions
   * that are open are opened again between two batches, a few at a time. Asked often, by many
   * threads.
   */
  default String rules(String tenant) {
    return "";
  }

  /**
   * What is to be told of rules themselves, as it holds now: findings of their tenants, of the
   * network {@link #NO_NETWORK}. Asked once a second.
   */
  default Collection<Finding> notices() {
    return List.of();
  }

  /**
   * A session of this tenant has failed. Whether there are other rules now, without those at fault:
   * then it is opened again, and asked the same; else the facts are to blame.
   *
   * @param rules those that it had
   */
  default boolean hasFailed(String tenant, String rules, Throwable failure) {
    return false;
  }
}
