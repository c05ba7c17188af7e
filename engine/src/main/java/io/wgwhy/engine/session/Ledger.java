package io.wgwhy.engine.session;

import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.finding.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/** The findings that are open, and what changed of them: raised by logic, cleared by logic. */
final class Ledger {
  /**
   * While nothing of weight changes, counts in the texts are renewed this often (by the data's
   * clock): each initiation would be an update otherwise.
   */
  private static final long REFRESH = WireGuard.HEARING_TIMEOUT;

  private static final Pattern COUNTS = Pattern.compile("\\d+");

  /** The findings that are open, by id. */
  private final Map<String, Shared> open = new TreeMap<>();

  /** Their ids, by tunnel. */
  private final Map<String, Set<String>> idsOf = new HashMap<>();

  /** Of which something else is said since they were settled, and when by the data's clock. */
  private final Map<String, Long> touched = new TreeMap<>();

  private final Map<String, Finding> changed = new LinkedHashMap<>();

  /**
   * Takes over a finding that was open before a restart.
   *
   * @param tunnels those that may have it; without any it is resolved
   */
  void restore(Collection<String> tunnels, Finding finding, long clock) {
    if (tunnels.isEmpty()) {
      changed.put(finding.id(), finding.resolved(Instant.ofEpochMilli(clock)));
      return;
    }
    Shared shared = open.computeIfAbsent(finding.id(), any -> new Shared());
    shared.tell(finding);
    for (String tunnel : tunnels) {
      shared.put(tunnel, finding);
      idsOf.computeIfAbsent(tunnel, any -> new TreeSet<>()).add(finding.id());
    }
  }

  /**
   * What is said about a tunnel now; what was said before and is not said now is resolved, unless
   * another tunnel says the same before things are settled.
   */
  void replace(String tunnel, List<Finding> now, long clock) {
    Set<String> before = idsOf.getOrDefault(tunnel, Set.of());
    Set<String> ids = new TreeSet<>();
    for (Finding finding : now) {
      ids.add(finding.id());
      open.computeIfAbsent(finding.id(), any -> new Shared()).put(tunnel, finding);
    }
    for (String id : before) {
      Shared shared = open.get(id);
      if (shared != null && !ids.contains(id)) {
        shared.remove(tunnel);
      }
      touched.merge(id, clock, Math::max);
    }
    ids.forEach(it -> touched.merge(it, clock, Math::max));
    if (ids.isEmpty()) {
      idsOf.remove(tunnel);
    } else {
      idsOf.put(tunnel, ids);
    }
  }

  /** All that is to be said of one moment has been. */
  void settle() {
    touched.forEach(
        (id, clock) -> {
          Shared shared = open.get(id);
          if (shared != null) {
            publish(id, shared, clock);
          }
        });
    touched.clear();
  }

  private void publish(String id, Shared shared, long clock) {
    Finding before = shared.told();
    if (shared.isEmpty()) {
      open.remove(id);
      if (before != null) {
        changed.put(id, before.resolved(Instant.ofEpochMilli(clock)));
      }
      return;
    }
    Finding now = shared.together();
    Finding after = before == null ? now : renewed(before, now, clock);
    if (!after.equals(before)) {
      shared.tell(after);
      changed.put(id, after);
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

  /** What makes a difference to a person: not the counts, but whether it is one tunnel or more. */
  private static List<Object> gist(Finding finding) {
    return List.of(
        finding.confidence(),
        finding.symptom(),
        finding.title(),
        finding.subject(),
        Integer.numberOfLeadingZeros(finding.affected()),
        finding.alternatives(),
        finding.checklist().stream()
            .map(it -> it.cause() + it.verdict() + COUNTS.matcher(it.because()).replaceAll("#"))
            .toList(),
        // Another version of the rules says it, even in the same words.
        finding.rule());
  }

  List<Finding> takeChanges() {
    List<Finding> all = List.copyOf(changed.values());
    changed.clear();
    return all;
  }

  List<Finding> open(ToIntFunction<String> placeOfCause) {
    List<Finding> all = new ArrayList<>();
    for (Shared shared : open.values()) {
      if (shared.told() != null) {
        all.add(shared.told());
      }
    }
    all.sort(
        Comparator.comparing(Finding::severity)
            .thenComparing(Finding::confidence)
            .thenComparing(it -> placeOfCause.applyAsInt(it.cause()))
            .thenComparing(Finding::id));
    return all;
  }
}
