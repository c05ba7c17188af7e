package io.wgwhy.cli.diagnose;

import io.wgwhy.cli.diagnose.Outcome.NetworkOutcome;
import io.wgwhy.engine.session.Consultation;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Replays a network through a session of its own. */
final class Replay {
  private Replay() {}

  /**
   * @param why a cause to explain for each tunnel; null for none
   */
  static NetworkOutcome of(
      Networks.Name name, List<Moment> moments, RuleBook rules, @Nullable String why) {
    try (Consultation consultation = new Consultation(name.tenant(), name.network(), rules)) {
      moments.forEach(moment -> moment.facts().forEach(consultation::accept));
      Map<Boolean, List<Finding>> open =
          consultation.findings().stream()
              .collect(Collectors.partitioningBy(it -> it.state() == Finding.State.OPEN));
      return new NetworkOutcome(
          name.tenant(),
          name.network(),
          open.getOrDefault(true, List.of()),
          open.getOrDefault(false, List.of()),
          consultation.healthy(),
          consultation.unexplained(),
          why == null ? List.of() : consultation.explain(why));
    }
  }
}
