package io.wgwhy.engine.session;

import io.wgwhy.facts.finding.Finding;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Hands over to a ledger what another one had open or held, once all tunnels are judged. */
final class Restoring {
  private final Judge judge;
  private final FindingWriter writer;
  private final Ledger ledger;

  Restoring(Judge judge, FindingWriter writer, Ledger ledger) {
    this.judge = judge;
    this.writer = writer;
    this.ledger = ledger;
  }

  /**
   * What is open stays open as it was said. What has lost its tunnel is resolved.
   *
   * @param sayAgain of a tunnel what is true now: a finding may be of several, and some of them be
   *     well; or other rules said it
   */
  void open(Collection<Finding> open, long clock, Consumer<String> sayAgain) {
    Map<String, Set<String>> tunnelsOfId = tunnelsOfIds(open);
    for (Finding finding : open) {
      Set<String> itsTunnels = tunnelsOfId.getOrDefault(finding.id(), Set.of());
      ledger.restore(itsTunnels, finding, clock);
      if (itsTunnels.size() > 1 || !writer.isOfThisBook(finding)) {
        itsTunnels.forEach(sayAgain);
      }
    }
  }

  /**
   * @param held by id since when it holds, ms since the epoch
   */
  void held(Map<String, Long> held) {
    if (!held.isEmpty()) {
      judge
          .tunnels()
          .pairs()
          .keySet()
          .forEach(it -> ledger.restoreHeld(it, judge.findings(it), held));
      ledger.restored(held.keySet());
    }
  }

  /** The tunnels that may have a finding, by its id. */
  private Map<String, Set<String>> tunnelsOfIds(Collection<Finding> open) {
    Set<String> causes = new TreeSet<>();
    open.forEach(it -> causes.add(it.cause()));
    Map<String, Set<String>> found = new HashMap<>();
    for (String cause : causes) {
      judge
          .tunnels()
          .pairs()
          .forEach(
              (tunnel, pair) ->
                  writer
                      .ids(cause, pair.tunnel())
                      .forEach(
                          id -> found.computeIfAbsent(id, any -> new TreeSet<>()).add(tunnel)));
    }
    return found;
  }
}
