package io.wgwhy.cli.report;

import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import io.wgwhy.facts.finding.Subject.EndSubject;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

  /**
   * What is asked for that none of them speaks of, in sentences: a name that was misspelt must not
   * look like a host that is well.
   */
  public List<String> unheardOf(Collection<Finding> all) {
    Set<String> seen = new HashSet<>();
    all.forEach(
        it -> {
          seen.add("network " + it.network());
          seen.add("cause " + it.cause());
          seen.add("host " + host(it.subject().tunnel().initiator()));
          seen.add("host " + host(it.subject().tunnel().responder()));
        });
    Set<String> wanted = new TreeSet<>();
    networks.forEach(it -> wanted.add("network " + it));
    causes.forEach(it -> wanted.add("cause " + it));
    hosts.forEach(it -> wanted.add("host " + it));
    wanted.removeAll(seen);
    return wanted.stream().map(it -> "no finding has ever named the " + it).toList();
  }

  private static @Nullable String host(@Nullable EndSubject end) {
    return end == null ? null : end.host();
  }

  private boolean isOf(@Nullable EndSubject end) {
    return end != null && end.host() != null && hosts.contains(end.host());
  }
}
