package io.wgwhy.cli.alert;

import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Finding.Remedy;
import io.wgwhy.facts.finding.Finding.RuleReference;
import io.wgwhy.facts.finding.Finding.Step;
import io.wgwhy.facts.finding.Severity;
import io.wgwhy.facts.finding.Subject;
import io.wgwhy.facts.finding.Subject.EndSubject;
import io.wgwhy.facts.finding.Subject.TunnelSubject;
import java.time.Instant;
import java.util.List;

/** A finding that says it is none, to try receivers with. */
final class Sample {
  private Sample() {}

  static Finding of(String tenant, Severity severity, Confidence confidence, Instant now) {
    return new Finding(
        "test-" + now.toEpochMilli(),
        tenant,
        "test",
        Finding.State.OPEN,
        "test",
        "This is a test of wgwhy's alerts: no tunnel is broken",
        confidence,
        severity,
        new Subject(
            new TunnelSubject(
                new EndSubject("test-client", "wg0", null),
                new EndSubject("test-server", "wg0", null))),
        Finding.NO_SYMPTOM,
        1,
        List.of(new Finding.Evidence("test-server", now, "test", "somebody ran wgwhy alert test")),
        List.of(),
        List.of(),
        List.of(),
        null,
        new Remedy(
            "There is nothing to repair.",
            List.of(new Step("test-server", "true", "does nothing, successfully", null)),
            null),
        new RuleReference("test", "1", "test"),
        now,
        now,
        null);
  }
}
