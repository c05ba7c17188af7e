package io.wgwhy.engine.stream;

import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Tenant;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which findings of one partition are open, counted by tenant and cause. */
final class OpenFindings {
  private final Figures figures;
  private final Map<String, Open> open = new HashMap<>();

  private record Open(Tenant tenant, String cause) {}

  OpenFindings(Figures figures) {
    this.figures = figures;
  }

  /** One that was open when this engine took over. */
  void found(String key, byte[] asJson) {
    try {
      keep(key, NetworkKey.tenantIn(key), Json.finding(asJson).cause());
    } catch (IOException e) {
      // Nobody will read it: see Store.
    }
  }

  /**
   * @param cause null when it is resolved
   */
  void keep(String key, Tenant tenant, @Nullable String cause) {
    Open now = cause == null ? null : new Open(tenant, cause);
    Open before = now == null ? open.remove(key) : open.put(key, now);
    count(before, -1);
    count(now, 1);
  }

  /** A tenant is gone, and with it what was found there. */
  void forget(Tenant tenant) {
    open.values().stream().filter(it -> it.tenant().equals(tenant)).forEach(it -> count(it, -1));
    open.values().removeIf(it -> it.tenant().equals(tenant));
  }

  /** Counts none of them any more. */
  void forget() {
    open.values().forEach(it -> count(it, -1));
    open.clear();
  }

  private void count(@Nullable Open one, int more) {
    if (one != null) {
      figures.of(one.tenant()).open(one.cause(), more);
    }
  }
}
