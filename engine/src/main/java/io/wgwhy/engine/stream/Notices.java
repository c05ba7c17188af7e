package io.wgwhy.engine.stream;

import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Findings about rules themselves: published when they come, change or are over. Only the task of
 * the first partition tells them; of several engines it is that of the one who has it.
 */
final class Notices {
  private final Opening opening;
  private final Map<String, Finding> told = new HashMap<>();

  /**
   * @param open those that an engine told before and did not take back
   */
  Notices(Opening opening, List<Finding> open) {
    this.opening = opening;
    open.forEach(it -> told.put(it.id(), it));
  }

  /** What has changed of what was {@link #told}. */
  List<Finding> changes(Instant now) {
    List<Finding> changes = new ArrayList<>();
    Map<String, Finding> hold = new HashMap<>();
    opening.notices().forEach(it -> hold.put(it.id(), it));
    told.values().stream()
        .filter(it -> !hold.containsKey(it.id()))
        .forEach(it -> changes.add(it.resolved(now)));
    hold.values().stream().filter(it -> !isTold(it)).forEach(changes::add);
    return changes;
  }

  /** One of the changes is published. */
  void told(Finding change) {
    if (change.resolvedAt() == null) {
      told.put(change.id(), change);
    } else {
      told.remove(change.id());
    }
  }

  /** Whether the same was told, be it at another time. */
  private boolean isTold(Finding notice) {
    Finding before = told.get(notice.id());
    return before != null
        && before.title().equals(notice.title())
        && before.evidence().equals(notice.evidence());
  }

  static NetworkKey network(Finding notice) {
    return new NetworkKey(new Tenant(notice.tenant()), Opening.NO_NETWORK);
  }
}
