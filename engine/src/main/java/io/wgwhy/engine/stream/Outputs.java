package io.wgwhy.engine.stream;

import io.wgwhy.facts.Tenant;

/** Sees to it that a tenant's findings and dead-letters topics exist before they are written. */
@FunctionalInterface
public interface Outputs {

  /** Called when a tenant's first record comes; throws if the topics cannot be had. */
  void prepare(Tenant tenant);
}
