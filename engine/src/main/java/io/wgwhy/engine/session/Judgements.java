package io.wgwhy.engine.session;

import io.wgwhy.facts.tunnel.EndpointCheck;
import io.wgwhy.facts.tunnel.FailedTarget;
import io.wgwhy.facts.tunnel.HandshakePath;
import io.wgwhy.facts.tunnel.PortOwner;
import io.wgwhy.facts.tunnel.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that is judged of one tunnel before the rules are asked, each under a key of its own. */
record Judgements(Map<String, Object> byKey, HandshakePath path) {

  static Judgements of(Scene scene) {
    Map<String, Object> all = new LinkedHashMap<>();
    HandshakePath path = HandshakePaths.of(scene);
    EndpointCheck endpoint = EndpointChecks.of(scene, path);
    Probes probes = new Probes(scene);
    List<FailedTarget> failed = FailedTargets.of(probes);
    String beyond = Forwardings.target(scene, failed);
    all.put("tunnel", scene.tunnel());
    put(all, "trend/initiator", scene.initiatorTrend());
    put(all, "trend/responder", scene.responderTrend());
    all.put("handshake-path", path);
    all.put("endpoint-check", endpoint);
    all.put("data-path", DataPaths.of(scene));
    all.put("reach", Reaches.of(probes));
    failed.forEach(it -> all.put("failed-target/" + it.target(), it));
    all.put("addressing", Addressings.of(scene, Inside.family(scene, failed)));
    all.put("forwarding", Forwardings.of(scene, beyond));
    FilterVerdicts.of(scene, beyond, Inside.family(scene, failed))
        .forEach(it -> all.put("filter/" + it.way() + "/" + it.tool() + "/" + it.host(), it));
    PortOwner initiators = OtherChecks.portOwner(scene, Role.INITIATOR);
    PortOwner responders = OtherChecks.portOwner(scene, Role.RESPONDER);
    put(all, "port-owner/initiator", initiators);
    put(all, "port-owner/responder", responders);
    all.put("source-check/initiator", OtherChecks.sourceCheck(scene, Role.INITIATOR));
    all.put("source-check/responder", OtherChecks.sourceCheck(scene, Role.RESPONDER));
    all.put("key-holders", OtherChecks.keyHolders(scene));
    all.put("translation", OtherChecks.translation(scene));
    OtherChecks.logs(scene).forEach(it -> all.put("log/" + it.role() + "/" + it.meaning(), it));
    return new Judgements(all, path);
  }

  private static void put(Map<String, Object> all, String key, @Nullable Object value) {
    if (value != null) {
      all.put(key, value);
    }
  }
}
