package io.wgwhy.cli.report;

import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import io.wgwhy.facts.finding.Subject.EndSubject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which findings somebody wants to see. What is empty or null does not matter.
 *
 * @param hosts hosts of one of the two ends
 * @param severity the least severe
 * @param state open or resolved
 */
public record FindingFilter(
    Set<String> networks,
    Set<String> causes,
    Set<String> hosts,
    @Nullable Severity severity,
    Finding.@Nullable State state) {

  public FindingFilter {
    networks = Set.copyOf(networks);
    causes = Set.copyOf(causes);
    hosts = Set.copyOf(hosts);
  }

  /** Whether it is one of them, in whatever state. */
  public boolean concerns(Finding it) {
    return (networks.isEmpty() || networks.contains(it.network()))
        && (causes.isEmpty() || causes.contains(it.cause()))
        && (hosts.isEmpty()
            || isOf(it.subject().tunnel().initiator())
            || isOf(it.subject().tunnel().responder()))
        && (severity == null || it.severity().compareTo(severity) <= 0);
  }

  /** Whether it is one of them now. */
  public boolean takes(Finding it) {
    return concerns(it) && (state == null || it.state() == state);
  }

  private boolean isOf(@Nullable EndSubject end) {
    return end != null && end.host() != null && hosts.contains(end.host());
  }
}
