package io.wgwhy.cli.demo;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.connectors.kafka.FindingReader;
import io.wgwhy.connectors.kafka.FindingReader.Published;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.facts.Tenant;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Plays all incidents at once, as the hosts of several tenants would publish them. */
public final class Demo {
  /** Seconds of a recording in one second: the longest, a minute and a half, in 12. */
  private static final double SPEED = 8;

  /** Between the beginnings of two incidents, so that one can read along. */
  private static final long STAGGER_NANOS = 1_000_000_000L;

  /** Nothing takes so long; a demo must end. */
  private static final Duration MOST = Duration.ofSeconds(60);

  private static final int TENANT_KEY_BYTES = 32;

  private final Map<String, Object> client;
  private final Consumer<Published> findings;
  private final Consumer<String> progress;

  /**
   * @param findings takes each finding as it is published
   * @param progress takes what happens besides, in words
   */
  public Demo(Map<String, Object> client, Consumer<Published> findings, Consumer<String> progress) {
    this.client = Map.copyOf(client);
    this.findings = findings;
    this.progress = progress;
  }

  /** Creates the tenants' topics; the engine sees them within seconds. */
  public void createTenants() {
    try (Topics topics = new Topics(client)) {
      tenants().forEach(topics::create);
    }
  }

  private static Set<Tenant> tenants() {
    Set<Tenant> tenants = new LinkedHashSet<>();
    Incident.all().forEach(it -> tenants.add(it.tenant()));
    return tenants;
  }

  /** Plays, until all is repaired. */
  public Summary play() {
    byte[] key = new byte[TENANT_KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Parsers parsers = new Parsers(Secrets.withTenantKey(key));
    List<Stage> stages = new ArrayList<>();
    try (FactPublisher publisher = new FactPublisher(client);
        FindingReader reader = new FindingReader(client, tenants())) {
      List<Incident> incidents = Incident.unknown(foundBefore(reader));
      long start = System.nanoTime();
      for (Incident incident : incidents) {
        stages.add(new Stage(incident, parsers, SPEED, start + stages.size() * STAGGER_NANOS));
      }
      while (!stages.stream().allMatch(Stage::isOver)
          && System.nanoTime() - start < MOST.toNanos()) {
        for (Stage stage : stages) {
          if (stage.play(publisher, System.nanoTime())) {
            progress.accept(
                "repair: "
                    + stage.incident().name()
                    + " is repaired; its hosts now see handshakes and moving counters");
          }
        }
        reader.poll(Duration.ofMillis(20)).forEach(it -> hear(it, stages));
      }
    }
    return Summary.of(stages);
  }

  /** The networks of which something was found until now: a demo may have been played before. */
  private static Set<String> foundBefore(FindingReader reader) {
    Set<String> names = new HashSet<>();
    do {
      reader.poll(Duration.ofMillis(100)).forEach(it -> names.add(name(it)));
    } while (!reader.isCaughtUp());
    return names;
  }

  private void hear(Published published, List<Stage> stages) {
    findings.accept(published);
    stages.stream()
        .filter(it -> it.incident().name().equals(name(published)))
        .forEach(it -> it.hear(published.finding()));
  }

  private static String name(Published published) {
    return published.tenant() + "/" + published.finding().network();
  }
}
