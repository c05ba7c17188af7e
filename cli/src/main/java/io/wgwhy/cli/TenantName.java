package io.wgwhy.cli;

import io.wgwhy.facts.Tenant;

/** A tenant as a person names it. */
final class TenantName {
  private TenantName() {}

  static Tenant of(String name) {
    try {
      return new Tenant(name);
    } catch (IllegalArgumentException e) {
      throw new CannotGoOn(Exit.UNUSABLE, String.valueOf(e.getMessage()));
    }
  }
}
