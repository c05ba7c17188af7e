package io.wgwhy.cli.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.engine.stream.Opening;
import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import io.wgwhy.facts.finding.Subject;
import io.wgwhy.facts.pack.PublishedPack;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** What the author of a pack is told when an engine cannot use it: a finding of the tenant. */
final class PackNotice {
  /** The cause of a version that does not load. */
  static final String REFUSED = "rule-pack-refused";

  /** The cause of one that took too much. */
  static final String STOPPED = "rule-pack-stopped";

  /** Of many problems the first say what to do. */
  private static final int MOST_LINES = 10;

  private PackNotice() {}

  /**
   * The finding.
   *
   * @param tenant whose pack it is
   * @param cause one of the above
   * @param why a reason in each line
   * @param goesOn what applies instead, in a clause
   */
  static Finding of(String tenant, PublishedPack pack, String cause, String why, String goesOn) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String name = pack.pack() + ", version " + pack.number();
    String what = cause.equals(STOPPED) ? " is stopped: it takes too much" : " is refused";
    String subject = "rule pack " + pack.pack();
    String options = " --tenant " + tenant;
    var end = new Subject.EndSubject(subject, null, null);
    return new Finding(
        UUID.nameUUIDFromBytes((tenant + "/" + pack.pack() + "/" + cause).getBytes(UTF_8))
            .toString()
            .replace("-", ""),
        tenant,
        Opening.NO_NETWORK,
        Finding.State.OPEN,
        cause,
        "The rule pack " + name + what + "; " + goesOn,
        Confidence.CONFIRMED,
        Severity.WARNING,
        new Subject(new Subject.TunnelSubject(end, null)),
        Finding.NO_SYMPTOM,
        1,
        why.lines()
            .limit(MOST_LINES)
            .map(it -> new Finding.Evidence(null, pack.publishedAt(), pack.versionKey(), it))
            .toList(),
        List.of(),
        List.of(),
        List.of(),
        null,
        new Finding.Remedy(
            "Mend the pack, have its tests pass, and publish it again; or go back.",
            List.of(
                step("wgwhy rules history " + pack.pack() + options, "who published what, and why"),
                step(
                    "wgwhy rules rollback " + pack.pack() + options + " -m 'cannot be used'",
                    "the version before applies again")),
            new Finding.Verification(null, "wgwhy findings" + options, "this finding is resolved")),
        new Finding.RuleReference(pack.pack(), pack.version(), "published packs"),
        now,
        now,
        null);
  }

  private static Finding.Step step(String run, String why) {
    return new Finding.Step(null, run, why, null);
  }
}
