package io.wgwhy.cli;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is said while observations are delivered, one after the other.
 *
 * @param confirmed every cause that was confirmed, be it for a moment
 * @param atTheEnd what holds when all are delivered: cause, confidence and tunnel of each finding
 */
record Delivered(Set<String> confirmed, List<String> atTheEnd) {

  /** The facts of one observation. */
  static List<Fact> facts(Parsers parsers, Observation observation) {
    return parsers.parse(observation).facts();
  }

  /** Parsers that compare preshared keys among themselves. */
  static Parsers parsers() {
    return new Parsers(Secrets.withTenantKey(new byte[32]));
  }

  /** Delivers observations, and asks after each. */
  static Delivered of(List<Observation> observations, RuleBook rules) {
    Parsers parsers = parsers();
    return ofFacts(observations.stream().map(it -> facts(parsers, it)).toList(), rules);
  }

  /** The same of facts that are parsed already, those of one observation together. */
  static Delivered ofFacts(List<List<Fact>> observations, RuleBook rules) {
    Set<String> confirmed = new TreeSet<>();
    try (NetworkSession session = NetworkSession.hasty("default", "default", rules)) {
      for (List<Fact> facts : observations) {
        facts.forEach(session::accept);
        for (Finding finding : session.conclude()) {
          if (finding.confidence() == Confidence.CONFIRMED) {
            confirmed.add(finding.cause());
          }
        }
      }
      return new Delivered(
          confirmed,
          session.findings().stream()
              .map(it -> it.cause() + " " + it.confidence() + " " + it.subject())
              .collect(Collectors.toList()));
    }
  }
}
