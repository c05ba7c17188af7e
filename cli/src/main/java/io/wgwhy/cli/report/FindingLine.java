package io.wgwhy.cli.report;

import io.wgwhy.cli.report.Look.Ink;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Findings as they come, each in one line: when, what happened to it, whose, what. */
public final class FindingLine {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Names of tenants and networks up to here stand below each other. */
  private static final int USUAL_NAME = 20;

  private final Look look;
  private final Map<String, Finding> known = new HashMap<>();

  public FindingLine(Look look) {
    this.look = look;
  }

  /**
   * The line for a finding; null when it would only repeat the one before: counts that grew are for
   * programs.
   *
   * @param tenant whose it is, as its topic tells
   */
  public @Nullable String of(String tenant, Finding finding) {
    return of(tenant, finding, "");
  }

  /**
   * The same.
   *
   * @param quiet why nobody is told of it; empty if everybody is
   */
  public @Nullable String of(String tenant, Finding finding, String quiet) {
    Finding before = known.put(tenant + "/" + finding.network() + "/" + finding.id(), finding);
    boolean isOpen = finding.state() == Finding.State.OPEN;
    boolean wasOpen = before != null && before.state() == Finding.State.OPEN;
    if (wasOpen && isOpen && isSame(before, finding)) {
      return null;
    }
    String event = !isOpen ? "resolved" : wasOpen ? "updated " : "opened  ";
    Ink ink = !isOpen ? Ink.GOOD : wasOpen ? Ink.FAINT : ink(finding);
    Instant at = wasOpen || !isOpen ? finding.updatedAt() : finding.openedAt();
    String name = look.clean(tenant + "/" + finding.network());
    String confidence = finding.confidence().name().toLowerCase(Locale.ROOT);
    return look.paint(Ink.FAINT, MOMENT.format(at))
        + "  "
        + look.paint(ink, event)
        + "  "
        + padded(name, USUAL_NAME)
        + "  "
        + padded(confidence, "confirmed".length())
        + "  "
        + look.paint(isOpen && !wasOpen ? Ink.BOLD : Ink.NONE, look.clean(finding.title()))
        + look.paint(Ink.FAINT, "  (" + Ends.of(finding.subject(), look) + ")")
        + (quiet.isEmpty() ? "" : "  " + look.paint(Ink.FAINT, "[" + look.clean(quiet) + "]"));
  }

  private static boolean isSame(Finding before, Finding now) {
    return before.title().equals(now.title())
        && before.confidence() == now.confidence()
        && before.severity() == now.severity()
        && before.subject().equals(now.subject());
  }

  private static Ink ink(Finding finding) {
    return finding.severity() == Severity.WARNING ? Ink.DOUBT : Ink.BAD;
  }

  static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - Wrap.length(text)));
  }
}
