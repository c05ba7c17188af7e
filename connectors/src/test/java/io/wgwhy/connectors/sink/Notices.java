package io.wgwhy.connectors.sink;

import io.wgwhy.connectors.sink.Notice.Event;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Finding.Evidence;
import io.wgwhy.facts.finding.Finding.Remedy;
import io.wgwhy.facts.finding.Finding.RuleReference;
import io.wgwhy.facts.finding.Finding.Step;
import io.wgwhy.facts.finding.Finding.Verification;
import io.wgwhy.facts.finding.Severity;
import io.wgwhy.facts.finding.Subject;
import io.wgwhy.facts.finding.Subject.EndSubject;
import io.wgwhy.facts.finding.Subject.TunnelSubject;
import java.time.Instant;
import java.util.List;

/** Findings made by hand, and notices of them. */
public final class Notices {
  public static final Tenant ACME = new Tenant("acme");
  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  public static final String RUN = "sudo ufw allow 51820/udp";

  private Notices() {}

  public static Finding finding(String id, Severity severity) {
    return new Finding(
        id,
        "acme",
        "home",
        Finding.State.OPEN,
        "udp-port-blocked-by-host-firewall",
        "srv's firewall drops WireGuard's packets",
        Confidence.CONFIRMED,
        severity,
        new Subject(
            new TunnelSubject(
                new EndSubject("cli", "wg0", null), new EndSubject("srv", "wg0", null))),
        "no-handshake",
        1,
        List.of(new Evidence("srv", NOON, "f", "11 initiations arrived, none was delivered")),
        List.of(),
        List.of(),
        List.of(),
        null,
        new Remedy(
            "Let UDP port 51820 in.",
            List.of(new Step("srv", RUN, "with ufw", null)),
            new Verification("cli", "wg show wg0", "a handshake")),
        new RuleReference("wireguard", "1", "a rule"),
        NOON,
        NOON.plusSeconds(5),
        null);
  }

  public static Notice opened(String id) {
    return new Notice(Event.OPENED, ACME, finding(id, Severity.CRITICAL), null, null);
  }

  public static Notice resolved(String id) {
    Finding open = finding(id, Severity.CRITICAL);
    return new Notice(Event.RESOLVED, ACME, open.resolved(NOON.plusSeconds(60)), open, null);
  }
}
