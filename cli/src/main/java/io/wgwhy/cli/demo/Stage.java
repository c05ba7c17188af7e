package io.wgwhy.cli.demo;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One incident under way: what was published of it, and what the engine says to that. */
final class Stage {
  /** After the last fact of the incident, real time for the engine to make up its mind. */
  private static final long MIND_NANOS = 1_000_000_000L;

  /** Real time for what must come, on a machine that is busy: a finding, and its end. */
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final Incident incident;
  private final Parsers parsers;
  private final double speed;
  private final Map<String, Finding> said = new LinkedHashMap<>();
  private List<Observation> script;
  private int next;
  private long startedAt;
  private long playedAt;
  private Phase phase = Phase.INCIDENT;
  private @Nullable Finding verdict;

  /** Where it is. */
  enum Phase {
    INCIDENT,
    REPAIR,
    OVER
  }

  /**
   * @param speed seconds of the recording in one second
   * @param startAt by {@link System#nanoTime}
   */
  Stage(Incident incident, Parsers parsers, double speed, long startAt) {
    this.incident = incident;
    this.parsers = parsers;
    this.speed = speed;
    this.script = incident.observations();
    this.startedAt = startAt;
  }

  Incident incident() {
    return incident;
  }

  boolean isOver() {
    return phase == Phase.OVER;
  }

  /** What the engine held to be the cause, just before the repair; null if it held nothing. */
  @Nullable Finding verdict() {
    return verdict;
  }

  /** Whether it found what was broken, and nothing where nothing was. */
  boolean isRight() {
    return incident.isBroken()
        ? verdict != null && incident.causes().contains(verdict.cause())
        : said.values().stream().allMatch(it -> it.severity() == Severity.WARNING);
  }

  /** Whether nothing is open any more. */
  boolean isResolved() {
    return said.values().stream().noneMatch(Stage::isOpen);
  }

  /** Takes a finding from the topic. */
  void hear(Finding finding) {
    said.put(finding.id(), finding);
  }

  /** Publishes what is due by now. True when the repair has just begun. */
  boolean play(FactPublisher publisher, long now) {
    while (next < script.size() && isDue(script.get(next), now)) {
      List<Fact> facts = parsers.parse(script.get(next)).facts();
      publisher.publish(incident.tenant(), incident.network(), facts);
      next++;
      playedAt = now;
    }
    return next == script.size() && turn(now);
  }

  private boolean isDue(Observation observation, long now) {
    double elapsed = (observation.atMillis() - script.get(0).atMillis()) * 1e6;
    return now - startedAt >= elapsed / speed;
  }

  private boolean turn(long now) {
    if (phase == Phase.INCIDENT && hasMadeUpItsMind(now - playedAt)) {
      verdict = best();
      boolean ill = !isResolved();
      phase = ill ? Phase.REPAIR : Phase.OVER;
      if (ill) {
        script = Repair.after(incident.observations());
        next = 0;
        startedAt = now;
      }
      return ill;
    }
    if (phase == Phase.REPAIR && (isResolved() || now - playedAt >= PATIENCE_NANOS)) {
      phase = Phase.OVER;
    }
    return false;
  }

  private boolean hasMadeUpItsMind(long waited) {
    boolean mustComeYet = incident.isBroken() && said.isEmpty();
    return waited >= (mustComeYet ? PATIENCE_NANOS : MIND_NANOS);
  }

  /** What is open before what is over, and the surest first. */
  private @Nullable Finding best() {
    return said.values().stream()
        .min(
            Comparator.comparing((Finding it) -> !isOpen(it))
                .thenComparing(Finding::severity)
                .thenComparing(Finding::confidence)
                .thenComparing(Finding::openedAt, Comparator.reverseOrder()))
        .orElse(null);
  }

  private static boolean isOpen(Finding finding) {
    return finding.state() == Finding.State.OPEN;
  }
}
