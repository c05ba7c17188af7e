package io.wgwhy.cli;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.tunnel.Tunnel;
import io.wgwhy.rules.RuleBook;
import java.util.List;
import java.util.function.Consumer;

/** What the rules are asked about at one moment: judgements and facts, and the tunnels in them. */
record Judged(List<Object> facts) {

  static Judged of(NetworkSession session) {
    return new Judged(session.view().judged());
  }

  List<String> tunnels() {
    return facts.stream().filter(Tunnel.class::isInstance).map(it -> ((Tunnel) it).id()).toList();
  }

  /** Looks at so many moments of a recording, the last one among them. */
  static void at(Recorded recording, int moments, Consumer<Judged> look) {
    Parsers parsers = new Parsers(Secrets.withTenantKey(new byte[32]));
    List<Observation> all = recording.observations();
    int step = Math.max(1, all.size() / moments);
    try (NetworkSession session = new NetworkSession("default", "default", RuleBook.builtIn())) {
      for (int i = 0; i < all.size(); i++) {
        parsers.parse(all.get(i)).facts().forEach(session::accept);
        if ((i + 1) % step == 0 || i == all.size() - 1) {
          look.accept(of(session));
        }
      }
    }
  }
}
