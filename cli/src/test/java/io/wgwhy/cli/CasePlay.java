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
    feed(seen);
    if (played.pasted()) {
      session.lookAtClues();
    }
    look.accept(session);
    if (played.then() == null) {
      return;
    }
    if (played.then().observations() != null) {
      double begin = seen.isEmpty() ? 0 : Case.seconds(seen.get(0));
      feed(played.then().observations().stream().map(line -> line.observation(begin)).toList());
    }
    if (played.then().heals()) {
      feed(Healing.of(seen));
    }
    repaired.accept(session);
  }

  private void feed(List<Observation> seen) {
    for (Observation it : seen) {
      PARSED.computeIfAbsent(it, unseen -> PARSERS.parse(unseen).facts()).forEach(session::accept);
    }
    session.conclude();
  }
}
