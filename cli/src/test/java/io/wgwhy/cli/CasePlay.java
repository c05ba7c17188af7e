package io.wgwhy.cli;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Observation;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Plays a case through a session of its own. */
final class CasePlay {
  static final Path PACK = Path.of("..", "rules", "wireguard");

  private final Case played;
  private final NetworkSession session;

  /** Parsed once: most cases look at the same observations. */
  private static final Map<Observation, List<Fact>> PARSED = new ConcurrentHashMap<>();

  private static final Parsers PARSERS = Delivered.parsers();

  private CasePlay(Case played, NetworkSession session) {
    this.played = played;
    this.session = session;
  }

  /** Every case beside a rule. */
  static List<Path> all() {
    try (Stream<Path> files = Files.walk(PACK)) {
      return files
          .filter(it -> it.toString().endsWith(".yaml") && !it.getParent().equals(PACK))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Plays it.
   *
   * @param seen looks when all that is given was seen
   * @param repaired looks after what happens then; is not asked when nothing does
   */
  static void play(
      Case it, RuleBook rules, Consumer<NetworkSession> seen, Consumer<NetworkSession> repaired) {
    try (NetworkSession session = new NetworkSession("default", "default", rules)) {
      new CasePlay(it, session).play(seen, repaired);
    }
  }

  private void play(Consumer<NetworkSession> look, Consumer<NetworkSession> repaired) {
    List<Observation> seen = played.observations();
    feed(seen, Case.facts(played.given().facts(), played.begin()));
    if (played.pasted()) {
      session.lookAtClues();
    }
    look.accept(session);
    if (played.then() == null) {
      return;
    }
    if (played.then().observations() != null) {
      double begin = played.begin();
      feed(
          played.then().observations().stream().map(line -> line.observation(begin)).toList(),
          Case.facts(played.then().facts(), begin));
    }
    if (played.then().heals()) {
      feed(Healing.of(seen), List.of());
    }
    repaired.accept(session);
  }

  private void feed(List<Observation> seen, List<Fact> others) {
    List<Fact> all = new ArrayList<>();
    seen.forEach(
        it -> all.addAll(PARSED.computeIfAbsent(it, unseen -> PARSERS.parse(unseen).facts())));
    if (!others.isEmpty()) {
      all.addAll(others);
      all.sort(Comparator.comparingLong(Fact::at).thenComparing(Fact::host));
    }
    all.forEach(session::accept);
    session.conclude();
  }
}
