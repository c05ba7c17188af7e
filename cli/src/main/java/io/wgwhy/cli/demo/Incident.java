package io.wgwhy.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.connectors.collect.RecordingReader;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Tenant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A recording of a real tunnel, and what was really wrong with it.
 *
 * @param causes what was broken; empty for a tunnel that works
 * @param what the same in words
 */
record Incident(
    Tenant tenant,
    String network,
    String recording,
    List<String> causes,
    String what,
    List<Observation> observations) {

  /** Different bands of the diagnostic order; one heals by itself, one was never ill. */
  static List<Incident> all() {
    return List.of(
        of("acme", "head-office", "srv-fw-nft-policy-drop"),
        of("acme", "branch", "nat-timeout-same-port"),
        of("globex", "plant", "psk-different"),
        of("globex", "warehouse", "healthy-firewalled"),
        of("initech", "lab", "wrong-port"),
        of("initech", "remote-desk", "masquerade-missing"),
        of("initech", "backup", "mtu-blackhole-icmp-blocked"));
  }

  /**
   * The same in networks of which nothing was found yet: what is known already, an engine is not
   * told twice, and what stands on a topic since yesterday was not found today.
   *
   * @param known the {@link #name}s of networks of which something was found
   */
  static List<Incident> unknown(Set<String> known) {
    List<Incident> all = all();
    for (int run = 2; all.stream().anyMatch(it -> known.contains(it.name())); run++) {
      String suffix = "-" + run;
      all = all().stream().map(it -> it.in(it.network() + suffix)).toList();
    }
    return all;
  }

  private Incident in(String another) {
    return new Incident(tenant, another, recording, causes, what, observations);
  }

  private static Incident of(String tenant, String network, String recording) {
    List<Observation> observations = new ArrayList<>();
    try (InputStream lines = resource(recording + ".jsonl");
        InputStream truth = resource(recording + ".truth.json")) {
      RecordingReader.read(lines, observations::add, unread -> {});
      JsonNode said = new JsonMapper().readTree(truth);
      List<String> causes = new ArrayList<>();
      said.get("causes").forEach(it -> causes.add(it.asText()));
      return new Incident(
          new Tenant(tenant),
          network,
          recording,
          causes,
          said.get("what").asText(),
          List.copyOf(observations));
    } catch (IOException e) {
      throw new UncheckedIOException("The recording " + recording + " cannot be read", e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream found = Incident.class.getResourceAsStream("/recordings/" + name);
    if (found == null) {
      throw new IOException(name + " was not packed");
    }
    return found;
  }

  boolean isBroken() {
    return !causes.isEmpty();
  }

  String name() {
    return tenant + "/" + network;
  }
}
