package io.wgwhy.engine.session;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.finding.Explanation;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Subject;
import io.wgwhy.rules.RuleBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One verdict over facts that are all there already: a recording, pasted outputs, a live look. */
public final class Consultation implements AutoCloseable {
  private final NetworkSession session;
  private final Map<String, Finding> said = new LinkedHashMap<>();

  /** Begins without facts. */
  public Consultation(String tenant, String network, RuleBook rules) {
    this.session = new NetworkSession(tenant, network, rules);
    session.forgetNobody();
  }

  /** Takes a fact in, in order of arrival. */
  public void accept(Fact fact) {
    session.accept(fact);
  }

  /**
   * What was found: what holds at the end, root causes first; then what held for a while, of
   * tunnels that work again.
   */
  public List<Finding> findings() {
    session.conclude().forEach(it -> said.put(it.id(), it));
    Set<Subject> stillDown = new HashSet<>();
    session.findings().stream().filter(Finding::isFault).forEach(it -> stillDown.add(it.subject()));
    session.lookAtClues();
    List<Finding> all = new ArrayList<>(session.findings());
    Set<String> now = new HashSet<>();
    all.forEach(
        it -> {
          if (it.isFault()) {
            stillDown.add(it.subject());
          }
          now.add(it.id());
        });
    // While facts came in, one cause may have been taken for another: the surest, then the last
    // said.
    Map<Subject, Finding> past = new LinkedHashMap<>();
    said.values().stream()
        .filter(it -> it.state() == Finding.State.RESOLVED && !stillDown.contains(it.subject()))
        .filter(it -> !now.contains(it.id()))
        .filter(Finding::isFault)
        .sorted(
            Comparator.comparing(Finding::confidence)
                .thenComparing(Finding::updatedAt, Comparator.reverseOrder()))
        .forEach(it -> past.putIfAbsent(it.subject(), it));
    all.addAll(past.values());
    return all;
  }

  /** The tunnels that nothing is wrong with at the end. */
  public List<HealthyTunnel> healthy() {
    return session.view().healthy();
  }

  /** The tunnels that something is wrong with at the end, and that no finding speaks of. */
  public List<UnexplainedTunnel> unexplained() {
    return session.view().unexplained();
  }

  /**
   * Why a cause is, or is not, what is wrong with each tunnel, as it is at the end.
   *
   * @throws IllegalArgumentException when no such cause is known
   */
  public List<Explanation> explain(String cause) {
    return session.view().explain(cause);
  }

  @Override
  public void close() {
    session.close();
  }
}
