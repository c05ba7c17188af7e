package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.Resolver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether names resolve on the initiator, by the name server that it is set to ask. */
final class ResolvedNames {
  private final Probes probes;

  ResolvedNames(Probes probes) {
    this.probes = probes;
  }

  /** One that resolved is enough. */
  Answer names() {
    Answer names = Answer.UNKNOWN;
    for (Probe probe : probes.all()) {
      if (isOfOwnServer(probe)) {
        names = names.yes() || isAccident(probe) ? names : probe.answered();
      } else if (isUnresolved(probe)) {
        names = names.yes() ? names : Answer.NO;
      }
    }
    return names;
  }

  /** One question gets lost where other packets are lost, too; two in a row are no accident. */
  private boolean isAccident(Probe probe) {
    return probe.problem() == Probe.Problem.TIMED_OUT
        && probes.losesSome()
        && probes.unansweredSince(probe) == probe.at();
  }

  /** The name server that failed last; null when names resolve, or it is not known. */
  @Nullable String failedServer() {
    Probe failed = null;
    for (Probe probe : names().no() ? probes.all() : List.<Probe>of()) {
      boolean unanswered = isOfOwnServer(probe) && probe.answered().no();
      failed = isUnresolved(probe) || unanswered ? probe : failed;
    }
    if (failed == null) {
      return null;
    }
    return failed.type() == Probe.Type.DNS && failed.target() != null
        ? failed.target()
        : nameservers().stream().findFirst().orElse(null);
  }

  private static boolean isUnresolved(Probe probe) {
    return probe.problem() == Probe.Problem.NAME_NOT_RESOLVED;
  }

  /** Whether it asked the server that the host itself asks. */
  private boolean isOfOwnServer(Probe probe) {
    return probe.type() == Probe.Type.DNS
        && (probe.target() == null
            || nameservers().isEmpty()
            || nameservers().stream().anyMatch(it -> Prefixes.same(it, probe.target())));
  }

  private List<String> nameservers() {
    Resolver resolver = probes.scene().hostA().latest(Resolver.class);
    return resolver == null ? List.of() : resolver.nameservers();
  }
}
