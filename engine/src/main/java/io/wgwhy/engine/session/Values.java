package io.wgwhy.engine.session;

import io.wgwhy.facts.tunnel.End;
import io.wgwhy.rules.Justification;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The real values of a tunnel, under the names that rules and pages use. */
final class Values {
  private Values() {}

  static Map<String, @Nullable Object> of(Scene scene) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("initiator", end(scene.a(), scene.hostA(), "the initiator"));
    values.put("responder", end(scene.b(), scene.hostB(), "the responder"));
    values.put("port", scene.listenPort());
    values.put("endpoint", scene.endpoint());
    values.values().removeIf(it -> it == null);
    return values;
  }

  /** The values, and what the deciding rule named. */
  static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> values, @Nullable Justification reason) {
    if (reason == null) {
      return values;
    }
    Map<String, @Nullable Object> all = new HashMap<>(values);
    reason
        .bindings()
        .forEach(
            (name, value) -> {
              if (value != null) {
                all.put(name, value);
              }
            });
    return all;
  }

  private static Map<String, @Nullable Object> end(End end, HostFacts host, String role) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("name", end.host() == null ? role : end.host());
    values.put("host", end.host());
    values.put("iface", end.iface());
    values.put("publicKey", end.publicKey());
    values.put("peerKey", end.peerKey());
    values.put("listenPort", end.listenPort());
    values.put("keepalive", end.keepalive());
    values.put("mtu", end.mtu());
    values.put(
        "address",
        end.tunnelAddresses().stream().findFirst().map(Prefixes::withoutLength).orElse(null));
    values.put("endpointAddress", end.endpoint() == null ? null : end.endpoint().address());
    values.put("device", FilterVerdicts.defaultDevice(host));
    values.values().removeIf(it -> it == null);
    return values;
  }
}
