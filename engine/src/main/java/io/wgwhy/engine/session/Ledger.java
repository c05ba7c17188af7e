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
import org.jspecify.annotations.Nullable;

/**
 * The findings that are open, and what changed of them: raised by logic, cleared by logic.
 *
 * <p>What is new is told once it has held for {@link #SETTLING} by the data's clock; what holds no
 * more is resolved at once. While something breaks or is repaired, a look at one end is of before
 * and one at the other of after, and wg-quick may be half-way: that is no news, and passes.
 */
final class Ledger {
  /**
   * Within that time every end has been looked at again, and an initiation that was lost has been
   * sent again: collectors look as often as WireGuard retries.
   */
  static final long SETTLING = WireGuard.REKEY_TIMEOUT;

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

  /** Of what is not told yet, by id: since when it holds. */
  private final Map<String, Time> held = new TreeMap<>();

  /** Of which since the last {@link #takeHeld} another time is to be remembered, or none. */
  private final Set<String> heldChanged = new TreeSet<>();

  private long settling;

  /**
   * @param settling how long something must hold before it is told, ms; 0 tells all at once
   */
  Ledger(long settling) {
    this.settling = settling;
  }

  /** Nothing more will come: what holds now is told. */
  void tellAtOnce() {
    settling = 0;
  }

  /**
   * Takes over a finding that was open before a restart.
   *
   * @param tunnels those that may have it; without any it is resolved
   */
  void restore(Collection<String> tunnels, Finding finding, long clock) {
    if (tunnels.isEmpty()) {
      changed.put(finding.id(), resolved(finding, clock));
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
  void settle(Time now) {
    touched.forEach((id, clock) -> settle(id, clock, now));
    touched.clear();
    for (String id : List.copyOf(held.keySet())) {
      if (hasHeldLongEnough(id, now)) {
        settle(id, now.data(), now);
      } else {
        hold(id, now);
      }
    }
  }

  /** The tunnels that speak for what has held for long enough now. */
  Set<String> due(Time now) {
    Set<String> tunnels = new TreeSet<>();
    for (String id : held.keySet()) {
      Shared shared = open.get(id);
      if (shared != null && !shared.isEmpty() && hasHeldLongEnough(id, now)) {
        tunnels.add(shared.speaker());
      }
    }
    return tunnels;
  }

  /**
   * What is to be told of one finding, if anything.
   *
   * @param clock of the tunnels that speak of it
   */
  private void settle(String id, long clock, Time time) {
    Shared shared = open.get(id);
    if (shared == null) {
      release(id);
      return;
    }
    Finding before = shared.told();
    if (shared.isEmpty()) {
      open.remove(id);
      release(id);
      if (before != null) {
        changed.put(id, resolved(before, clock));
      }
      return;
    }
    Finding now = shared.together();
    if (isNews(before, now) && !hasHeldLongEnough(id, time)) {
      hold(id, time);
      return;
    }
    Time since = release(id);
    Finding after =
        before == null
            ? opened(now, since, time.data())
            : renewed(before, now, since == null ? clock : time.data(), since != null);
    if (!after.equals(before)) {
      shared.tell(after);
      changed.put(id, after);
    }
  }

  /** Not before it was opened: that may have been by the clock of a host that is ahead. */
  private static Finding resolved(Finding finding, long clock) {
    return finding.resolved(
        Instant.ofEpochMilli(Math.max(clock, finding.openedAt().toEpochMilli())));
  }

  /** That somebody else stays silent has been waited for already. */
  private static boolean isNews(@Nullable Finding before, Finding now) {
    boolean surer = before == null || before.confidence().compareTo(now.confidence()) > 0;
    return surer && now.evidence().stream().noneMatch(it -> it.fact().equals(Says.SILENCE));
  }

  private boolean hasHeldLongEnough(String id, Time now) {
    Time since = held.get(id);
    return settling == 0 || (since != null && since.isPast(now, settling));
  }

  /** It holds, and is not told yet. */
  private void hold(String id, Time now) {
    Time since = held.get(id);
    held.put(id, since == null ? now : since.known(now));
    if (since == null) {
      heldChanged.add(id);
    }
  }

  private @Nullable Time release(String id) {
    Time since = held.remove(id);
    if (since != null) {
      heldChanged.add(id);
    }
    return since;
  }

  /** It is open since it holds, and told now. */
  private static Finding opened(Finding now, @Nullable Time since, long clock) {
    return since == null
        ? now
        : now.at(Instant.ofEpochMilli(since.data()), Instant.ofEpochMilli(clock));
  }

  /**
   * What changed since the last call of what is not told yet: by id since when it holds, ms since
   * the epoch; null when it is held no more.
   */
  Map<String, @Nullable Long> takeHeld() {
    Map<String, @Nullable Long> all = new TreeMap<>();
    for (String id : heldChanged) {
      Time since = held.get(id);
      all.put(id, since == null ? null : Long.valueOf(since.data()));
    }
    heldChanged.clear();
    return all;
  }

  /**
   * Takes over what was held before a restart.
   *
   * @param now what is said about a tunnel; of that only what is held counts
   */
  void restoreHeld(String tunnel, List<Finding> now, Map<String, Long> since) {
    for (Finding finding : now) {
      Long data = since.get(finding.id());
      if (data != null) {
        held.put(finding.id(), Time.ofFact(data));
        open.computeIfAbsent(finding.id(), any -> new Shared()).put(tunnel, finding);
        idsOf.computeIfAbsent(tunnel, any -> new TreeSet<>()).add(finding.id());
      }
    }
  }

  /** Of what was held before a restart, what does not hold now is held no more. */
  void restored(Collection<String> heldBefore) {
    heldBefore.stream().filter(it -> !held.containsKey(it)).forEach(heldChanged::add);
  }

  private static Finding renewed(Finding before, Finding now, long clock, boolean wasHeld) {
    boolean sameWeight = gist(before).equals(gist(now));
    boolean recent = clock - before.updatedAt().toEpochMilli() < REFRESH;
    Finding kept = now.at(before.openedAt(), before.updatedAt());
    return (sameWeight && recent) || kept.equals(before)
        ? before
        : now.at(before.openedAt(), wasHeld ? Instant.ofEpochMilli(clock) : now.updatedAt());
  }

  /** What makes a difference to a person: not the counts, but whether it is one tunnel or more. */
  private static List<Object> gist(Finding finding) {
    return List.of(
        finding.confidence(),
        finding.severity(),
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

  boolean hasChanges() {
    return !changed.isEmpty() || !heldChanged.isEmpty();
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
