package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.NotTakenIn;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition's facts of all tenants, handed to the sessions of their networks; what these
 * conclude is published. After an error Streams may close it and begin again with {@link #init}, so
 * nothing that findings hang on lives here that is not in {@link Memory} too.
 */
final class Reasoning implements Processor<byte[], byte[], byte[], Outgoing> {

  /**
   * How often moments that are over are concluded. When nothing came for a whole tick, the last one
   * is taken to be over too: that is 100 of the 250 ms from fact to finding that we promise; the
   * rest is for the commit.
   */
  static final Duration TICK = Duration.ofMillis(50);

  /**
   * 2 s: for how many ticks the rest of a moment is waited for when its publisher said that there
   * is more. Only a publisher that died in its midst keeps us waiting.
   */
  static final int PATIENCE = 40;

  /**
   * In a storm of findings a commit for each tick would be most of the work: a commit takes some 20
   * ms. The first finding does not wait.
   */
  private static final Duration COMMIT_PAUSE = Duration.ofMillis(100);

  /** How often time passes for hosts that promised to speak: little beside what they may take. */
  private static final Duration SILENCE_PAUSE = Duration.ofSeconds(1);

  /**
   * How long a tick takes at most to give sessions other rules, of 200 ms that it may hold facts
   * up; a large session takes as long as it takes to be rebuilt.
   */
  private static final Duration SWAPPING = Duration.ofMillis(25);

  private static final Logger log = LoggerFactory.getLogger(Reasoning.class);

  private final Opening opening;
  private final Outputs outputs;
  private final Figures figures;
  private final int mostSessions;
  private final Aside aside;
  private final Allowance allowance;
  private final Map<String, Tenant> tenants = new HashMap<>();

  private ProcessorContext<byte[], Outgoing> context;
  private Memory memory;
  private Sessions sessions;
  private @Nullable Notices notices;
  private @Nullable Arrival last;
  private boolean unseen;
  private long committedAt;
  private long silenceSoughtAt;
  private final Backlog backlog = new Backlog();
  private final LostSessions lost = new LostSessions();

  /** Networks whose sessions left in the midst of a moment; it waits in memory. */
  private final Set<NetworkKey> interrupted = new LinkedHashSet<>();

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  Reasoning(
      Opening opening,
      Outputs outputs,
      Figures figures,
      int mostSessions,
      Aside aside,
      Allowance allowance) {
    this.opening = opening;
    this.outputs = outputs;
    this.figures = figures;
    this.mostSessions = mostSessions;
    this.aside = aside;
    this.allowance = allowance;
  }

  @Override
  public void init(ProcessorContext<byte[], Outgoing> context) {
    this.context = context;
    // Met anew, and their topics made again, should their absence have been the error.
    tenants.clear();
    memory =
        new Memory(
            context.getStateStore(Memory.FACTS),
            context.getStateStore(Memory.JOURNALS),
            context.getStateStore(Memory.FINDINGS),
            context.getStateStore(Memory.MOMENTS),
            context.getStateStore(Memory.HELD),
            figures,
            allowance);
    sessions =
        new Sessions(
            mostSessions,
            network -> new LiveSession(network, opening, memory, this::refuse, figures),
            this::interrupt,
            figures::sessions);
    interrupted.clear();
    lost.clear();
    // Opened by the first tick: what they conclude cannot be sent before all is initialized.
    interrupted.addAll(memory.networksWithMoments());
    notices = context.taskId().partition() == 0 ? new Notices(opening, memory.openNotices()) : null;
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    BeforeCommit beforeCommit = context.getStateStore(BeforeCommit.NAME);
    beforeCommit.run(
        context,
        () -> {
          sessions.withNews().forEach(it -> publish(it, LiveSession::concluded));
          memory.write();
        });
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    var metadata = context.recordMetadata().orElseThrow();
    var source =
        new Source(
            metadata.topic(),
            metadata.partition(),
            metadata.offset(),
            AppendTime.of(record.headers()),
            record.key(),
            record.value());
    Tenant tenant = tenants.computeIfAbsent(source.topic(), this::meet);
    figures.of(tenant).received();
    try {
      if (aside.has(tenant)) {
        throw putAside();
      }
      last = Intake.read(tenant, source, record.headers(), last);
      accept(last);
    } catch (Refused refused) {
      refuse(tenant, source, refused);
    }
  }

  @Override
  public void close() {
    try {
      sessions.close();
    } finally {
      memory.close();
    }
  }

  private Tenant meet(String topic) {
    Tenant tenant = Tenant.ofFactsTopic(topic).orElseThrow();
    outputs.prepare(tenant);
    return tenant;
  }

  private void accept(Arrival arrival) throws Refused {
    long now = context.currentSystemTimeMs();
    backlog.took(arrival.source().appendedAt(), now);
    requireRoom(arrival, now);
    take(required(arrival.network()), arrival, now);
  }

  /** What is known already may change; only what is new needs room. */
  private void requireRoom(Arrival arrival, long now) throws Refused {
    NetworkKey network = arrival.network();
    Fact fact = arrival.fact();
    if (!allowance.isUsedUp(network.tenant()) || memory.knows(network, fact.identity())) {
      return;
    }
    if (!memory.notTakenIn().containsKey(network) && allowance.mayBeTold(network.tenant())) {
      tell(network, fact.host(), /* full= */ true, Math.min(fact.at(), now));
    }
    throw new Refused(Refusal.OVER_LIMIT, "the tenant has used up its share of the memory");
  }

  private void seekRoom(long now) {
    for (var told : Map.copyOf(memory.notTakenIn()).entrySet()) {
      NetworkKey network = told.getKey();
      if (allowance.hasRoom(network.tenant())) {
        try {
          tell(network, told.getValue().host(), /* full= */ false, now);
        } catch (Refused refused) {
          log.error("{} cannot be told that there is room again", network);
        }
      }
    }
  }

  /**
   * By a fact of our own, which goes the way of all others, and is counted as they are.
   *
   * @param at its time, where the network has none yet
   */
  private void tell(NetworkKey network, String host, boolean full, long at) throws Refused {
    LiveSession session = required(network);
    var fact = new NotTakenIn(host, session.next(at), allowance.megabytes(), full);
    figures.of(network.tenant()).received();
    byte[] key = network.network().getBytes(UTF_8);
    var source = new Source(network.tenant().facts(), 0, 0, 0, key, Json.bytes(fact));
    memory.note(network, fact);
    take(session, new Arrival(network, fact, source, /* continues= */ false), at);
  }

  private LiveSession required(NetworkKey network) throws Refused {
    LiveSession session = session(network);
    if (session == null) {
      throw new Refused(Refusal.SESSION_LOST, "the session cannot be rebuilt");
    }
    return session;
  }

  private void take(LiveSession session, Arrival arrival, long now) {
    try {
      session.accept(arrival, now);
    } catch (RuntimeException e) {
      log.error("The session of {} has failed", arrival.network(), Faults.withoutMessages(e));
      session.giveUp(LiveSession.reason(e));
      sessions.drop(arrival.network());
    }
  }

  /** The session of a network; null if it cannot be had. */
  private @Nullable LiveSession session(NetworkKey network) {
    long now = context.currentSystemTimeMs();
    if (lost.isTooEarly(network, now)) {
      return null;
    }
    try {
      LiveSession session = sessions.of(network);
      interrupted.remove(network);
      lost.found(network);
      return session;
    } catch (RuntimeException e) {
      long seconds = lost.lost(network, now).toSeconds();
      log.error(
          "The session of {} cannot be rebuilt, its facts are refused; tried again in {} s",
          network,
          seconds,
          Faults.withoutMessages(e));
      return null;
    }
  }

  private void interrupt(LiveSession session) {
    publish(session, LiveSession::concluded);
    if (session.hasNews()) {
      interrupted.add(session.network());
    }
  }

  private void tick(long now) {
    boolean found = takeRules();
    for (LiveSession session : sessions.withNews()) {
      boolean over = session.isQuiet(PATIENCE);
      found |= publish(session, over ? LiveSession::conclude : LiveSession::concluded);
    }
    if (now - silenceSoughtAt >= SILENCE_PAUSE.toMillis()) {
      silenceSoughtAt = now;
      seekRoom(now);
      openThoseThatWait();
      // What waits in a backlog is not silence.
      found |= !backlog.isThere() && seekSilence(now);
      found |= tellNotices(now);
    }
    unseen |= found;
    if (unseen && now - committedAt >= COMMIT_PAUSE.toMillis()) {
      // Readers see findings once they are committed; facts alone may wait for the interval.
      context.commit();
      unseen = false;
      committedAt = now;
    }
  }

  /** Gives other rules to some of the sessions that have not got them yet. */
  private boolean takeRules() {
    boolean found = false;
    long begin = System.nanoTime();
    long spent = 0;
    for (LiveSession session : sessions.all()) {
      if (!session.isOutdated() || aside.has(session.network().tenant())) {
        continue;
      }
      // First what the old ones have concluded: the new ones go on from what was published.
      found |= publish(session, LiveSession::concluded);
      if (sessions.isReady(session.network())) {
        found |= publish(session, LiveSession::takeRules);
        figures.tookRules();
      }
      spent = System.nanoTime() - begin;
      if (spent > SWAPPING.toNanos()) {
        break;
      }
    }
    if (spent > 0) {
      figures.pausedForRules(spent);
    }
    return found;
  }

  /**
   * Of whom something holds and is not told yet, or a moment is not over: time must pass there,
   * though no fact comes.
   */
  private void openThoseThatWait() {
    Set<NetworkKey> waiting = new LinkedHashSet<>(interrupted);
    waiting.addAll(memory.holding());
    for (NetworkKey network : waiting) {
      if (!sessions.isReady(network) && sessions.hasRoom()) {
        session(network);
      }
    }
  }

  private boolean seekSilence(long now) {
    boolean found = false;
    for (LiveSession session : sessions.all()) {
      found |=
          !session.isBehind() && publish(session, it -> it.tick(now) ? it.concluded() : List.of());
    }
    return found;
  }

  private boolean tellNotices(long now) {
    if (notices == null) {
      return false;
    }
    boolean found = false;
    for (Finding notice : notices.changes(Instant.ofEpochMilli(now))) {
      NetworkKey network = Notices.network(notice);
      if (!aside.has(network.tenant())) {
        tenants.computeIfAbsent(network.tenant().facts(), this::meet);
        publish(network, notice);
        notices.told(notice);
        found = true;
      }
    }
    return found;
  }

  private boolean publish(LiveSession session, Function<LiveSession, List<Finding>> conclusion) {
    if (aside.has(session.network().tenant())) {
      return rest(session);
    }
    try {
      var findings = conclusion.apply(session);
      findings.forEach(finding -> publish(session.network(), finding));
      if (!findings.isEmpty() && session.concludedSince() > 0) {
        figures.found(context.currentSystemTimeMs() - session.concludedSince());
      }
      return !findings.isEmpty();
    } catch (RuntimeException e) {
      log.error("The session of {} has failed", session.network(), Faults.withoutMessages(e));
      session.giveUp(LiveSession.reason(e));
      sessions.drop(session.network());
      return true;
    }
  }

  /** What came and is not judged goes the way of what comes now. */
  private boolean rest(LiveSession session) {
    if (!session.hasNews()) {
      return false;
    }
    session.giveUp(putAside());
    sessions.drop(session.network());
    return true;
  }

  private static Refused putAside() {
    return new Refused(Refusal.PUT_ASIDE, "the broker does not take what is said of this tenant");
  }

  private void publish(NetworkKey network, Finding finding) {
    byte[] asJson = Json.bytes(finding);
    memory.keep(network, finding, asJson);
    figures.of(network.tenant()).published(finding.state().name().toLowerCase(Locale.ROOT));
    send(Outgoing.finding(network, finding, asJson));
  }

  private void refuse(Arrival arrival, Refused refused) {
    refuse(arrival.network().tenant(), arrival.source(), refused);
  }

  private void refuse(Tenant tenant, Source source, Refused refused) {
    // Not louder: whoever sends bad facts must not be able to fill the log.
    log.debug("Refused {}@{} of {}", source.partition(), source.offset(), source.topic());
    figures.of(tenant).refused(refused.refusal().code());
    if (aside.hasNoLetters(tenant)) {
      // Counted only; it was told when the tenant was put aside. The record stands on the facts
      // topic still, for as long as that keeps it.
      log.debug("No dead letter of it");
    } else {
      send(Outgoing.deadLetter(tenant, source, refused));
    }
  }

  private void send(Outgoing outgoing) {
    context.forward(
        new Record<>(outgoing.key(), outgoing, context.currentSystemTimeMs(), outgoing.headers()));
  }
}
