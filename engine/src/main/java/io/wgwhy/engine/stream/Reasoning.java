package io.wgwhy.engine.stream;

import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * One partition's facts of all tenants, handed to the sessions of their networks; what these
 * conclude is published. After an error Streams may close it and begin again with {@link #init}:
 * what findings hang on is in the {@link Store}, all else begins anew.
 */
final class Reasoning implements Processor<byte[], byte[], byte[], Outgoing> {

  /**
   * How often moments that are over are concluded. When nothing came for a whole tick, the last one
   * is taken to be over too: that is 100 of the 250 ms from fact to finding that we promise; the
   * rest is for the commit.
   */
  static final Duration TICK = Duration.ofMillis(50);

  /**
   * In a storm of findings a commit for each tick would be most of the work: a commit takes some 20
   * ms. The first finding does not wait.
   */
  private static final Duration COMMIT_PAUSE = Duration.ofMillis(100);

  /**
   * What is read late is told later yet, by up to a quarter: who works off a backlog commits more
   * seldom, as commits would be a sixth of the time that it takes.
   */
  private static final int LATER = 4;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** How often time passes for hosts that promised to speak: little beside what they may take. */
  private static final Duration SILENCE_PAUSE = Duration.ofSeconds(1);

  private final Opening opening;
  private final Outputs outputs;
  private final Figures figures;
  private final int mostSessions;
  private final Aside aside;
  private final Allowance allowance;
  private final Departed departed;
  private final Map<String, Tenant> tenants = new HashMap<>();
  private final Backlog backlog = new Backlog();

  private ProcessorContext<byte[], Outgoing> context;
  private Store store;
  private Outbox outbox;
  private LiveSessions sessions;
  private Shortage shortage;
  private @Nullable Notices notices;
  private @Nullable Arrival last;
  private boolean unseen;

  /** How long the record that came last had been on its topic, ms. */
  private long late;

  private long committedAt;
  private long silenceSoughtAt;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  Reasoning(
      Opening opening,
      Outputs outputs,
      Figures figures,
      int mostSessions,
      Aside aside,
      Allowance allowance,
      Departed departed) {
    this.opening = opening;
    this.outputs = outputs;
    this.figures = figures;
    this.mostSessions = mostSessions;
    this.aside = aside;
    this.allowance = allowance;
    this.departed = departed;
  }

  @Override
  public void init(ProcessorContext<byte[], Outgoing> context) {
    this.context = context;
    // Met anew, and their topics made again, should their absence have been the error.
    tenants.clear();
    store = new Store(context::getStateStore, figures, allowance);
    outbox = new Outbox(context, store, aside, figures);
    sessions =
        new LiveSessions(
            mostSessions, opening, store, outbox, aside, figures, context.currentSystemTimeMs());
    shortage = new Shortage(allowance, store, sessions, figures);
    notices = context.taskId().partition() == 0 ? new Notices(opening, store.openNotices()) : null;
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    BeforeCommit beforeCommit = context.getStateStore(BeforeCommit.NAME);
    beforeCommit.run(
        context,
        () -> {
          sessions.publishConcluded();
          store.write();
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
        throw Aside.refusal();
      }
      last = Intake.read(tenant, source, record.headers(), last, sessions::expected);
      accept(last);
    } catch (Refused refused) {
      outbox.refuse(tenant, source, refused);
    }
  }

  @Override
  public void close() {
    try {
      sessions.close();
    } finally {
      store.close();
    }
  }

  private Tenant meet(String topic) {
    Tenant tenant = Tenant.ofFactsTopic(topic).orElseThrow();
    departed.isBack(tenant);
    outputs.prepare(tenant);
    return tenant;
  }

  private void accept(Arrival arrival) throws Refused {
    long now = context.currentSystemTimeMs();
    long appended = arrival.source().appendedAt();
    backlog.took(appended, now);
    late = appended > 0 ? now - appended : 0;
    shortage.requireRoom(arrival, now);
    sessions.accept(arrival, now);
  }

  private void tick(long now) {
    departed.all().forEach(this::forget);
    boolean found = sessions.takeRules();
    found |= sessions.publishQuiet();
    if (now - silenceSoughtAt >= SILENCE_PAUSE.toMillis()) {
      silenceSoughtAt = now;
      sessions.tick(now);
      shortage.seekRoom(now);
      sessions.openThoseThatWait(now);
      // What waits in a backlog is not silence.
      found |= !backlog.isThere() && sessions.seekSilence(now);
      found |= tellNotices(now);
    }
    unseen |= found;
    if (unseen && now - committedAt >= commitPause(late)) {
      // Readers see findings once they are committed; facts alone may wait for the interval.
      context.commit();
      unseen = false;
      committedAt = now;
    }
  }

  /**
   * How long to wait between two commits that findings ask for, ms.
   *
   * @param late how long ago what is read came to its topic, ms
   */
  static long commitPause(long late) {
    return Math.max(COMMIT_PAUSE.toMillis(), Math.min(late / LATER, LONGEST_PAUSE.toMillis()));
  }

  /** Before anything is said of it: there is no topic that would take it. */
  private void forget(Tenant tenant) {
    sessions.forget(tenant);
    shortage.forget(tenant);
    store.forget(tenant);
    tenants.remove(tenant.facts());
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
        outbox.publish(network, notice);
        notices.told(notice);
        found = true;
      }
    }
    return found;
  }
}
