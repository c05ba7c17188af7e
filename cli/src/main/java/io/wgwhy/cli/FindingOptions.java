package io.wgwhy.cli;

import io.wgwhy.cli.report.FindingFilter;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which findings somebody wants to see. */
final class FindingOptions {
  /** As people write it. */
  enum State {
    open,
    resolved,
    all
  }

  /** As people write it. */
  enum Least {
    critical,
    major,
    warning
  }

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "Only those of this tenant; may be repeated. Default: all that may be seen.")
  private List<String> tenants = List.of();

  @Option(names = "--network", paramLabel = "NAME", description = "Only of this network.")
  private List<String> networks = List.of();

  @Option(names = "--cause", paramLabel = "CAUSE", description = "Only of this cause.")
  private List<String> causes = List.of();

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "Only about tunnels that end on this host.")
  private List<String> hosts = List.of();

  @Option(
      names = "--severity",
      paramLabel = "LEAST",
      description = "Only those at least so severe: ${COMPLETION-CANDIDATES}.")
  private @Nullable Least severity;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description =
          "${COMPLETION-CANDIDATES}. Default: open at first, and whatever becomes of findings then.")
  private @Nullable State state;

  Set<Tenant> tenants() {
    return tenants.stream().map(TenantName::of).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether those that are over are wanted, at first. */
  boolean isOverWanted() {
    return state == State.resolved || state == State.all;
  }

  /** Whether those that are open are wanted. */
  boolean isOpenWanted() {
    return state != State.resolved;
  }

  FindingFilter filter() {
    return new FindingFilter(
        Set.copyOf(networks),
        Set.copyOf(causes),
        Set.copyOf(hosts),
        severity == null ? null : Severity.valueOf(severity.name().toUpperCase(Locale.ROOT)),
        state == State.open
            ? Finding.State.OPEN
            : state == State.resolved ? Finding.State.RESOLVED : null);
  }
}
