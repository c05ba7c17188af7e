package io.wgwhy.cli.report;

import io.wgwhy.cli.report.Look.Ink;
import io.wgwhy.cli.report.Look.Sign;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Finding.Evidence;
import io.wgwhy.facts.finding.Severity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One finding in words: the verdict first, what it rests on, what to do. */
final class FindingText {
  /** More candidates than this are counted, not listed: the checklist has them all. */
  private static final int NAMED_ALTERNATIVES = 3;

  /** Evidence of a finding that is told in short. */
  private static final int SHORT_EVIDENCE = 2;

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Finding finding;
  private final Page page;
  private final Look look;

  private FindingText(Finding finding, Page page) {
    this.finding = finding;
    this.page = page;
    this.look = page.look();
  }

  /** Everything that is said of it. */
  static void whole(Finding finding, Page page) {
    FindingText text = new FindingText(finding, page);
    text.verdict();
    PathPicture.draw(finding, page);
    text.evidence(Integer.MAX_VALUE);
    ChecklistText.write(finding.checklist(), page);
    RemedyText.writeNext(finding, page);
    RemedyText.write(finding.remedy(), page);
  }

  /** Without the walk that led to it. */
  static void brief(Finding finding, Page page) {
    FindingText text = new FindingText(finding, page);
    text.verdict();
    text.evidence(SHORT_EVIDENCE);
    RemedyText.write(finding.remedy(), page);
  }

  /** In two lines: what was wrong for a while. */
  static void past(Finding finding, Page page) {
    new FindingText(finding, page).verdict();
  }

  private void verdict() {
    boolean risk = finding.severity() == Severity.WARNING;
    if (finding.state() == Finding.State.RESOLVED) {
      String was = finding.confidence().name().toLowerCase(Locale.ROOT);
      page.text(
          look.sign(Sign.FINE) + " ",
          Ink.GOOD,
          Ink.NONE,
          "Over now: " + title() + " (was " + was + ").");
    } else {
      page.text(
          look.sign(risk ? Sign.RISK : Sign.FAULT) + " ",
          risk ? Ink.DOUBT : Ink.BAD,
          Ink.BOLD,
          title() + " (" + sureness() + ").");
    }
    page.text(2, Ink.FAINT, String.join(" " + look.sign(Sign.BETWEEN) + " ", circumstances()));
  }

  /** Without a full stop; host names at its beginning stay as they are. */
  private String title() {
    String title = finding.title().strip();
    String open = title.endsWith(".") ? title.substring(0, title.length() - 1) : title;
    return open.startsWith("the ") ? "The" + open.substring(3) : open;
  }

  private String sureness() {
    return switch (finding.confidence()) {
      case CONFIRMED -> "confirmed";
      case LIKELY -> "likely" + notExcluded();
      case POSSIBLE -> "possible" + notExcluded();
    };
  }

  private String notExcluded() {
    List<String> causes = finding.alternatives().stream().map(Finding.Alternative::cause).toList();
    if (causes.isEmpty()) {
      return "";
    }
    int named = causes.size() <= NAMED_ALTERNATIVES + 1 ? causes.size() : NAMED_ALTERNATIVES;
    String more = causes.size() > named ? " and " + (causes.size() - named) + " others" : "";
    return "; not excluded: " + String.join(", ", causes.subList(0, named)) + more;
  }

  private List<String> circumstances() {
    List<String> all = new ArrayList<>();
    all.add(Ends.of(finding.subject(), look));
    all.add(finding.isFault() ? finding.symptom().replace('-', ' ') : "nothing is broken yet");
    if (finding.affected() > 1) {
      all.add(finding.affected() + " tunnels affected");
    }
    Instant end = finding.resolvedAt();
    String opened = MOMENT.format(finding.openedAt());
    all.add(end == null ? "since " + opened : opened + " to " + TIME.format(end));
    return all;
  }

  private void evidence(int most) {
    List<Evidence> evidence = finding.evidence();
    if (evidence.isEmpty()) {
      return;
    }
    page.heading("Evidence");
    int hosts = evidence.stream().mapToInt(it -> Wrap.length(host(it.host()))).max().orElse(0);
    for (Evidence one : evidence.subList(0, Math.min(most, evidence.size()))) {
      String host = host(one.host());
      String at = one.observedAt() == null ? "        " : TIME.format(one.observedAt());
      String label = "    " + host + " ".repeat(hosts - Wrap.length(host)) + "  " + at + "  ";
      page.text(label, Ink.FAINT, Ink.NONE, one.says());
    }
    if (evidence.size() > most) {
      page.text(4, Ink.FAINT, "and " + (evidence.size() - most) + " more");
    }
  }

  private String host(@Nullable String host) {
    return host == null ? "" : Wrap.cut(look.clean(host), 24, look.sign(Sign.CUT));
  }
}
