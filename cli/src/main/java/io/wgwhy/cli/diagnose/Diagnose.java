package io.wgwhy.cli.diagnose;

import io.wgwhy.cli.diagnose.Outcome.NetworkOutcome;
import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Observation;
import io.wgwhy.rules.RuleBook;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files in, verdicts out. */
public final class Diagnose {
  private static final Logger LOG = LoggerFactory.getLogger(Diagnose.class);
  private static final int KEY_BYTES = 32;

  private final Supplier<RuleBook> rules;
  private final Clock clock;

  /**
   * @param rules asked, in another thread, when there is something to read
   * @param clock the time of pasted outputs
   */
  public Diagnose(Supplier<RuleBook> rules, Clock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Diagnoses files.
   *
   * @param arguments as they stand on the command line
   * @param together whether all of it is one network
   * @param why a cause to explain for each tunnel; null for none
   * @throws UnknownCause when there is no such cause
   */
  public Outcome files(
      List<String> arguments, boolean together, @Nullable String why, InputStream stdin) {
    UnreadInputs unread = new UnreadInputs();
    List<Source> sources = Sources.of(arguments, stdin, unread::add);
    if (sources.isEmpty()) {
      return new Outcome(List.of(), unread.list(), false, 0);
    }
    // The rules take as long to load as the files to read: both at once.
    CompletableFuture<RuleBook> book = CompletableFuture.supplyAsync(rules);
    Networks networks = new Networks(together);
    Intake intake = new Intake(new Parsers(secrets()), networks, unread::add);
    sources.forEach(intake::read);
    intake.finish(clock.millis());
    Map<Networks.Name, Track> all = networks.all();
    UnknownCause.unless(book.join(), why);
    List<NetworkOutcome> outcomes = replay(all, book.join(), why, unread);
    return new Outcome(outcomes, unread.list(), !all.isEmpty(), all.size() - outcomes.size());
  }

  /**
   * Diagnoses what was just seen on hosts of one network.
   *
   * @param observations in order of time
   * @param why a cause to explain for each tunnel; null for none
   * @throws UnknownCause when there is no such cause
   */
  public Outcome live(List<Observation> observations, @Nullable String why) {
    UnreadInputs unread = new UnreadInputs();
    Networks networks = new Networks(true);
    ObservationReader reader = new ObservationReader(new Parsers(secrets()));
    Track track = new Track(Networks.DEFAULT);
    for (Observation observation : observations) {
      Moment moment = reader.read(observation.host(), observation, 0, unread::add);
      if (!moment.facts().isEmpty()) {
        track.add(moment);
      }
    }
    networks.addRecording(track);
    Map<Networks.Name, Track> all = networks.all();
    RuleBook book = rules.get();
    UnknownCause.unless(book, why);
    List<NetworkOutcome> outcomes = replay(all, book, why, unread);
    return new Outcome(outcomes, unread.list(), !all.isEmpty(), all.size() - outcomes.size());
  }

  private static List<NetworkOutcome> replay(
      Map<Networks.Name, Track> networks,
      RuleBook book,
      @Nullable String why,
      UnreadInputs unread) {
    List<NetworkOutcome> outcomes = new ArrayList<>();
    networks.forEach(
        (name, track) -> {
          try {
            outcomes.add(Replay.of(name, track.moments(), book, why));
          } catch (RuntimeException bug) {
            // One network's trouble must not cost another its verdict.
            LOG.debug("network {} could not be diagnosed", name, bug);
            String reason = "could not be diagnosed: " + bug.getClass().getSimpleName();
            unread.add(UnreadInput.whole("network " + name.network(), reason));
          }
        });
    return List.copyOf(outcomes);
  }

  /** Preshared keys are compared within one run, and their fingerprints mean nothing after it. */
  private static Secrets secrets() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return Secrets.withTenantKey(key);
  }
}
