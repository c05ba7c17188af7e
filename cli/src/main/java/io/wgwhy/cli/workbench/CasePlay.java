package io.wgwhy.cli.workbench;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Observation;
import io.wgwhy.rules.RuleBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Plays cases, each through a session of its own. */
public final class CasePlay {
  /** Preshared keys are compared among themselves; what for is all the same here. */
  private static final byte[] KEY = new byte[32];

  private final RuleBook rules;
  private final Recordings recordings;
  private final Parsers parsers = new Parsers(Secrets.withTenantKey(KEY));

  /** Parsed once: most cases look at the same observations. */
  private final Map<Observation, List<Fact>> parsed = new ConcurrentHashMap<>();

  public CasePlay(RuleBook rules, Recordings recordings) {
    this.rules = rules;
    this.recordings = recordings;
  }

  /**
   * Plays one.
   *
   * @param seen looks when all that is given was seen
   * @param repaired looks after what happens then; is not asked when nothing does
   */
  public void play(Case it, Consumer<NetworkSession> seen, Consumer<NetworkSession> repaired) {
    try (NetworkSession session = NetworkSession.hasty("default", "default", rules)) {
      play(it, session, seen, repaired);
    }
  }

  private void play(
      Case played,
      NetworkSession session,
      Consumer<NetworkSession> look,
      Consumer<NetworkSession> repaired) {
    List<Observation> seen = played.observations(recordings);
    double begin = played.begin(recordings);
    feed(session, seen, Case.facts(played.given().facts(), begin));
    if (played.pasted()) {
      session.lookAtClues();
    }
    look.accept(session);
    if (played.then() == null) {
      return;
    }
    if (played.then().observations() != null) {
      feed(
          session,
          played.then().observations().stream().map(line -> line.observation(begin)).toList(),
          Case.facts(played.then().facts(), begin));
    }
    if (played.then().heals()) {
      feed(session, Healing.of(seen), List.of());
    }
    repaired.accept(session);
  }

  private void feed(NetworkSession session, List<Observation> seen, List<Fact> others) {
    List<Fact> all = new ArrayList<>();
    seen.forEach(
        it -> all.addAll(parsed.computeIfAbsent(it, unseen -> parsers.parse(unseen).facts())));
    if (!others.isEmpty()) {
      all.addAll(others);
      all.sort(Comparator.comparingLong(Fact::at).thenComparing(Fact::host));
    }
    all.forEach(session::accept);
    session.conclude();
  }
}
