package io.wgwhy.cli.report;

import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Finding.Alternative;
import io.wgwhy.facts.finding.Finding.Check;
import io.wgwhy.facts.finding.Finding.Evidence;
import io.wgwhy.facts.finding.Finding.NextObservation;
import io.wgwhy.facts.finding.Finding.Remedy;
import io.wgwhy.facts.finding.Finding.RuleReference;
import io.wgwhy.facts.finding.Finding.Step;
import io.wgwhy.facts.finding.Finding.Verification;
import io.wgwhy.facts.finding.Finding.Waypoint;
import io.wgwhy.facts.finding.Severity;
import io.wgwhy.facts.finding.Subject;
import io.wgwhy.facts.finding.Subject.EndSubject;
import io.wgwhy.facts.finding.Subject.TunnelSubject;
import io.wgwhy.facts.finding.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Findings made by hand. */
final class Findings {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final String KEY = "2YvtR3+seMVrZnEohU3/2OO9MwqynnoPuU8o/vI5w1E=";

  private static final List<String> LEGS =
      List.of(
          "sent",
          "left",
          "arrived",
          "delivered",
          "accepted",
          "answered",
          "answer-left",
          "answer-arrived",
          "answer-delivered");

  private Findings() {}

  static final Subject BOTH_ENDS =
      new Subject(
          new TunnelSubject(new EndSubject("cli", "wg0", KEY), new EndSubject("srv", "wg0", KEY)));

  static final Subject ONE_END =
      new Subject(
          new TunnelSubject(new EndSubject("cli", "wg0", KEY), new EndSubject(null, null, KEY)));

  /**
   * A path from nine words: a number that passed, {@code yes}, {@code no}, or {@code ?}.
   *
   * @param counts as {@code "148 148 148 0 ? 0 ? 0 ?"}
   */
  static List<Waypoint> path(String counts) {
    List<Waypoint> path = new ArrayList<>();
    String[] words = counts.split(" ");
    for (int at = 0; at < words.length; at++) {
      boolean far = at >= 2 && at <= 6;
      boolean number = Character.isDigit(words[at].charAt(0));
      Long count = number ? Long.valueOf(words[at]) : null;
      String passed =
          number ? (count > 0 ? "yes" : "no") : words[at].equals("?") ? "unknown" : words[at];
      path.add(new Waypoint(LEGS.get(at), far ? "srv" : "cli", passed, count, ""));
    }
    return path;
  }

  static final Remedy REMEDY =
      new Remedy(
          "Let UDP port 51820 through the firewall of srv.",
          List.of(
              new Step(
                  "srv",
                  "sudo nft insert rule inet filter input udp dport 51820 accept comment '\"WireGuard, the"
                      + " tunnel to the client\"'",
                  "accepts the port in the chain that drops it",
                  "sudo nft -a list chain inet filter input   # then: nft delete rule … handle N"),
              new Step(
                  "srv",
                  "sudo tee -a /etc/nftables.conf <<'END'\nadd rule inet filter input udp dport 51820 accept\nEND",
                  "keeps it over a restart",
                  null)),
          new Verification(
              "cli", "sudo wg show wg0 latest-handshakes", "a time within the last 5 s"));

  static final List<Check> CHECKLIST =
      List.of(
          check(1, "interface-down", Verdict.RULED_OUT, "wg0 is up on both ends"),
          check(2, "listen-port-in-use", Verdict.RULED_OUT, "wg0 listens on 51820"),
          check(
              3,
              "udp-port-blocked-by-host-firewall",
              Verdict.CONFIRMED,
              "chain input of table inet filter drops what no rule accepts, and no rule accepts"
                  + " UDP port 51820; 148 initiations reached eth0, none was delivered"),
          check(4, "udp-port-blocked-upstream", Verdict.RULED_OUT, "the initiations reach srv"),
          check(5, "endpoint-wrong-address", Verdict.POSSIBLE, "the address is private"),
          check(6, "endpoint-missing", Verdict.NOT_CHECKED, "nothing that was seen decides it"),
          check(7, "nat-mapping-expired", Verdict.NOT_CHECKED, "nothing that was seen decides it"),
          check(8, "ip-forward-off", Verdict.NOT_CHECKED, "nothing that was seen decides it"),
          check(9, "rp-filter-drops", Verdict.NOT_CHECKED, "nothing that was seen decides it"),
          check(10, "mtu-too-large", Verdict.RULED_OUT, "there is no session"));

  private static Check check(int step, String cause, Verdict verdict, String because) {
    return new Check(step, cause, verdict, because);
  }

  static Finding confirmed() {
    return finding(
        "The firewall of srv drops WireGuard's packets",
        Confidence.CONFIRMED,
        BOTH_ENDS,
        path("148 148 148 0 ? 0 ? 0 ?"),
        List.of(),
        null);
  }

  static Finding likely() {
    return finding(
        "Something on the way drops UDP to port 51820 of 203.0.113.10",
        Confidence.LIKELY,
        ONE_END,
        path("12 12 ? ? ? ? ? 0 ?"),
        List.of(
            new Alternative("udp-port-blocked-by-host-firewall", Confidence.POSSIBLE),
            new Alternative("responder-not-listening", Confidence.POSSIBLE)),
        new NextObservation(
            "srv",
            "sudo timeout 30 tcpdump -n -i eth0 udp port 51820",
            List.of("udp-port-blocked-upstream", "udp-port-blocked-by-host-firewall")));
  }

  static Finding withPath(String counts) {
    return finding("A title", Confidence.CONFIRMED, BOTH_ENDS, path(counts), List.of(), null);
  }

  static Finding titled(String title) {
    return finding(title, Confidence.CONFIRMED, BOTH_ENDS, List.of(), List.of(), null);
  }

  private static Finding finding(
      String title,
      Confidence confidence,
      Subject subject,
      List<Waypoint> path,
      List<Alternative> alternatives,
      @org.jspecify.annotations.Nullable NextObservation next) {
    return new Finding(
        "id-of-" + title,
        "default",
        "default",
        Finding.State.OPEN,
        "udp-port-blocked-by-host-firewall",
        title,
        confidence,
        Severity.CRITICAL,
        subject,
        "no-handshake",
        1,
        List.of(
            new Evidence(
                "srv", NOON, "f1", "148 initiations reached eth0 in 65 s, no response left"),
            new Evidence("srv", NOON.plusSeconds(3), "f2", "chain input has policy drop"),
            new Evidence("cli", null, "f3", "wg0 sent 148 initiations and received nothing")),
        path,
        CHECKLIST,
        alternatives,
        next,
        REMEDY,
        new RuleReference("wireguard", "1", "a rule"),
        NOON,
        NOON.plusSeconds(60),
        null);
  }
}
