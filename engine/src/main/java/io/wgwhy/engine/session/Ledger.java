package io.wgwhy.engine.session;

import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.finding.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The findings that are open, and what changed of them: raised by logic, cleared by logic. */
final class Ledger {
  /**
   * While nothing of weight changes, counts in the texts are renewed this often (by the data's
   * clock): each initiation would be an update otherwise.
   */
  private static final long REFRESH = WireGuard.HEARING_TIMEOUT;

  private final Map<String, Map<String, Finding>> openByTunnel = new TreeMap<>();
  private final Map<String, Finding> changed = new LinkedHashMap<>();

  /** Takes over a finding that was open before a restart. Without its tunnel it is resolved. */
  void restore(@Nullable String tunnel, Finding finding, long clock) {
    if (tunnel == null) {
      changed.put(finding.id(), finding.resolved(Instant.ofEpochMilli(clock)));
    } else {
      openByTunnel.computeIfAbsent(tunnel, any -> new TreeMap<>()).put(finding.id(), finding);
    }
  }

  /** What is said about a tunnel now; what was said before and is not said now is resolved. */
  void replace(String tunnel, List<Finding> now, long clock) {
    Map<String, Finding> open = openByTunnel.computeIfAbsent(tunnel, any -> new TreeMap<>());
    Map<String, Finding> next = new TreeMap<>();
    for (Finding finding : now) {
      Finding before = open.get(finding.id());
      Finding after = before == null ? finding : renewed(before, finding, clock);
      next.put(after.id(), after);
      if (!after.equals(before)) {
        changed.put(after.id(), after);
      }
    }
    open.forEach(
        (id, before) -> {
          if (!next.containsKey(id)) {
            changed.put(id, before.resolved(Instant.ofEpochMilli(clock)));
          }
        });
    if (next.isEmpty()) {
      openByTunnel.remove(tunnel);
    } else {
      openByTunnel.put(tunnel, next);
    }
  }

  private static Finding renewed(Finding before, Finding now, long clock) {
    boolean sameWeight = gist(before).equals(gist(now));
    boolean recent = clock - before.updatedAt().toEpochMilli() < REFRESH;
    Finding kept = FindingWriter.opened(now, before.openedAt(), before.updatedAt());
    return (sameWeight && recent) || kept.equals(before)
        ? before
        : FindingWriter.opened(now, before.openedAt(), now.updatedAt());
  }

  /** What makes a difference to a person: not the counts. */
  private static List<Object> gist(Finding finding) {
    return List.of(
        finding.confidence(),
        finding.symptom(),
        finding.title(),
        finding.subject(),
        finding.alternatives(),
        finding.checklist().stream().map(it -> it.cause() + it.verdict()).toList(),
        finding.rule().name());
  }

  List<Finding> takeChanges() {
    List<Finding> all = List.copyOf(changed.values());
    changed.clear();
    return all;
  }

  List<Finding> open(ToIntFunction<String> placeOfCause) {
    List<Finding> all = new ArrayList<>();
    openByTunnel.values().forEach(it -> all.addAll(it.values()));
    all.sort(
        Comparator.comparing(Finding::severity)
            .thenComparing(Finding::confidence)
            .thenComparing(it -> placeOfCause.applyAsInt(it.cause()))
            .thenComparing(Finding::id));
    return all;
  }
}
