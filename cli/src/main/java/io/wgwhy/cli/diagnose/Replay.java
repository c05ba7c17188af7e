package io.wgwhy.cli.diagnose;

import io.wgwhy.cli.diagnose.Outcome.NetworkOutcome;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replays a network through a session of its own, so that findings open and resolve as they did.
 */
final class Replay {
  private final Map<String, Finding> last = new LinkedHashMap<>();

  private Replay() {}

  static NetworkOutcome of(Networks.Name name, List<Moment> moments, RuleBook rules) {
    try (NetworkSession session = new NetworkSession(name.tenant(), name.network(), rules)) {
      return new Replay().run(name, moments, session);
    }
  }

  private NetworkOutcome run(Networks.Name name, List<Moment> moments, NetworkSession session) {
    Moment before = null;
    for (Moment moment : moments) {
      if (before != null && !before.isSameMoment(moment)) {
        conclude(session);
      }
      moment.facts().forEach(session::accept);
      before = moment;
    }
    conclude(session);
    List<Finding> open = session.findings();
    open.forEach(it -> last.remove(it.id()));
    List<Finding> resolved =
        last.values().stream().filter(it -> it.state() == Finding.State.RESOLVED).toList();
    return new NetworkOutcome(name.tenant(), name.network(), open, resolved, session.healthy());
  }

  private void conclude(NetworkSession session) {
    session.conclude().forEach(it -> last.put(it.id(), it));
  }
}
