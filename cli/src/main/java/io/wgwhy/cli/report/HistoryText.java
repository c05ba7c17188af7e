package io.wgwhy.cli.report;

import io.wgwhy.facts.finding.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was said of one finding, from the first word that is still known to the last. */
public final class HistoryText {
  /**
   * What was said.
   *
   * @param at when it was published
   */
  public record Version(Instant at, Finding finding) {}

  private HistoryText() {}

  /** A row for each version, and the last in full. */
  public static String of(List<Version> versions, Look look) {
    Table table =
        new Table(look, List.of("published", "state", "sure", "severity", "what changed"));
    Finding before = null;
    for (Version version : versions) {
      Finding now = version.finding();
      table.row(
          now.state() == Finding.State.RESOLVED,
          List.of(
              version.at().toString(),
              lower(now.state()),
              lower(now.confidence()),
              lower(now.severity()),
              String.join(", ", changes(before, now))));
      before = now;
    }
    String last = before == null ? "" : "\n" + Report.of(before, look);
    return table.print() + last;
  }

  private static List<String> changes(@Nullable Finding before, Finding now) {
    if (before == null) {
      return List.of("the first that is known");
    }
    List<String> changes = new ArrayList<>();
    add(changes, before.state() == now.state(), "state");
    add(changes, before.confidence() == now.confidence(), "confidence");
    add(changes, before.severity() == now.severity(), "severity");
    add(changes, before.title().equals(now.title()), "title");
    add(changes, before.symptom().equals(now.symptom()), "symptom");
    add(changes, before.affected() == now.affected(), "affected: " + now.affected());
    add(changes, before.checklist().equals(now.checklist()), "checklist");
    add(changes, before.alternatives().equals(now.alternatives()), "alternatives");
    add(changes, before.remedy().equals(now.remedy()), "remedy");
    add(changes, before.evidence().equals(now.evidence()), "evidence");
    return changes.isEmpty() ? List.of("nothing") : changes;
  }

  private static void add(List<String> changes, boolean same, String what) {
    if (!same) {
      changes.add(what);
    }
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
