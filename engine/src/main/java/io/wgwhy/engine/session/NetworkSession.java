package io.wgwhy.engine.session;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WireGuard;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reasoning of one network: takes facts in, says which findings hold. One network, one session:
 * a rule cannot see another tenant's facts, whatever it says. Time is the data's, so that a replay
 * gives the same findings. Not safe for several threads.
 */
public final class NetworkSession implements AutoCloseable {
  /** The pack that comes with us. */
  private static final String OWN = "wireguard";

  private final Memory memory = new Memory();
  private final Hearing hearing = new Hearing();
  private final Changes changes = new Changes(memory, hearing);
  private final FindingWriter writer;
  private final Judge judge;
  private final Ledger ledger;
  private final SessionView view;

  /** Facts of one moment of one host that are not judged yet. */
  private final List<Fact> moment = new ArrayList<>();

  /**
   * @param tenant the tenant it belongs to
   * @param network the network's name, unique within its tenant
   * @param rules what is known of causes
   */
  public NetworkSession(String tenant, String network, RuleBook rules) {
    // Of other packs nobody knows what they look at.
    this(tenant, network, rules, allOwn(rules), Ledger.SETTLING);
  }

  /**
   * One that tells at once what it judges, though it may not outlast a moment: to test what is
   * judged while things change. Who is told of findings should not be told of those.
   */
  public static NetworkSession hasty(String tenant, String network, RuleBook rules) {
    return new NetworkSession(tenant, network, rules, allOwn(rules), 0);
  }

  private static boolean allOwn(RuleBook rules) {
    return rules.causes().stream().allMatch(it -> it.pack().equals(OWN));
  }

  /**
   * @param skipsTheCalm whether {@link Calm} may save a judgement
   * @param settling how long something must hold before it is told, ms by the data's clock
   */
  NetworkSession(
      String tenant, String network, RuleBook rules, boolean skipsTheCalm, long settling) {
    this.writer = new FindingWriter(tenant, network, rules);
    this.judge = new Judge(memory, hearing, changes, rules, writer, skipsTheCalm);
    this.ledger = new Ledger(settling);
    this.view = new SessionView(rules, writer, judge, this::endMoment);
  }

  /**
   * Begins where another session of the same network ended: what was open stays open as it was
   * said, until the next fact about its tunnel. What has lost its tunnel is resolved.
   *
   * @param held what {@link #takeHeld} has told that is held still
   */
  public void restore(
      Collection<? extends Fact> remembered, Collection<Finding> open, Map<String, Long> held) {
    // Of one moment in any order.
    remembered.stream().sorted(Comparator.comparingLong(Fact::at)).forEach(changes::take);
    memory.takeChanged(any -> {});
    hearing.beginAnew();
    open.stream()
        .flatMap(it -> it.evidence().stream())
        .filter(it -> it.fact().equals(Says.SILENCE) && it.host() != null)
        .forEach(it -> hearing.stillSilent(it.host()));
    judge.whatChanged();
    Restoring restoring = new Restoring(judge, writer, ledger);
    restoring.open(open, memory.clock(), this::say);
    restoring.held(held);
    settle(Time.ofFact(memory.clock()));
    rest();
  }

  /** Nothing more will come at once: what is kept for questions only may go. */
  void rest() {
    judge.rest();
  }

  /**
   * Says of every tunnel what the rules say of it now: after {@link #restore} with other rules than
   * those that said what is open.
   */
  public void sayAgain() {
    judge.tunnels().pairs().keySet().forEach(this::say);
    settle(Time.ofFact(memory.clock()));
  }

  /**
   * Takes a fact in. What belongs to one moment of one host is judged together: a moment is over
   * when a fact of another one comes, or at {@link #conclude}.
   */
  public void accept(Fact fact) {
    if (!moment.isEmpty() && !isSameMoment(moment.get(0), fact)) {
      endMoment();
    }
    moment.add(fact);
    memory.arrived(fact);
  }

  /**
   * What may come next, as hosts tell the same things in the same order each time: the newest that
   * is known of it; null when nobody can say.
   */
  public @Nullable Fact expected() {
    return memory.expected();
  }

  private static boolean isSameMoment(Fact one, Fact other) {
    return one.at() == other.at() && one.host().equals(other.host());
  }

  /** The newest moment that was judged, ms since the epoch by the data's clock; 0 before any. */
  public long clock() {
    return memory.clock();
  }

  /** How many of the facts that came last are of a moment that is not over. */
  public int waiting() {
    return moment.size();
  }

  /**
   * The receiver's clock goes on, though no fact may have come: hosts that promised to speak and
   * did not are silent.
   *
   * @param clock ms since the epoch
   * @return whether that changed what is found
   */
  public boolean tick(long clock) {
    hearing.tick(clock);
    if (changes.noteSilence()) {
      judge.whatChanged().forEach(this::say);
    }
    settle(new Time(memory.clock(), hearing.now()));
    judge.passed();
    return ledger.hasChanges();
  }

  /** Of this moment nothing more will come. */
  public void endMoment() {
    moment.forEach(changes::take);
    moment.clear();
    changes.forgetUnheard(memory.clock());
    changes.noteSilence();
    sayWhatChanged();
    judge.passed();
  }

  private void sayWhatChanged() {
    judge.whatChanged().forEach(this::say);
    settle(Time.ofFact(memory.clock()));
  }

  /**
   * Forgets hosts that were not heard for {@link Hearing#FORGOTTEN_AFTER}, as {@link #endMoment}
   * does; for where nothing that comes can be taken in.
   *
   * @param clock ms since the epoch, of a fact that came
   */
  public void forgetUnheard(long clock) {
    changes.forgetUnheard(clock);
    sayWhatChanged();
  }

  /** All that comes is to be looked at together, however far apart hosts' clocks are. */
  void forgetNobody() {
    changes.forgetNobody();
  }

  /** The latest moment that a host spoke of, by its own clock; null when it never spoke. */
  public @Nullable Long newest(String host) {
    return hearing.newest(host);
  }

  /** How long nothing may be heard of a host before it is silent, ms. */
  public long patience(String host) {
    return hearing.every(host) + WireGuard.HEARING_TIMEOUT;
  }

  /** By host that promised to speak and is not silent for how long nothing came of it, ms. */
  public Map<String, Long> awaited() {
    return hearing.awaited();
  }

  /** The hosts that promised to speak, and are silent. */
  public Set<String> silent() {
    return Set.copyOf(hearing.silent());
  }

  /** Whether a host should have spoken, and is not silent yet. */
  public boolean isOverdue() {
    return hearing.isOverdue();
  }

  /**
   * Goes on where {@link #awaited} and {@link #silent} of another session were, after {@link
   * #restore}.
   *
   * @param silent hosts that are silent still
   * @param unheard by host for how long nothing has come of it, ms
   * @param away for how long there was no session, ms
   * @param more whether more may be on its way of who is overdue
   */
  public void listenAgain(Set<String> silent, Map<String, Long> unheard, long away, boolean more) {
    hearing.goOn(unheard, away, more);
    silent.forEach(hearing::stillSilent);
    if (changes.noteSilence()) {
      sayWhatChanged();
    }
  }

  /**
   * A host's clock was put back, and stays so: what it said before stays as it is, but is dated
   * before what it says now.
   *
   * @param from the first moment of its new time, ms since the epoch
   * @param since what it said from then on, and was taken to be old
   */
  public void putBack(String host, long from, Collection<Fact> since) {
    endMoment();
    changes.putBack(host, from, since);
  }

  /**
   * Hands over what another session needs to {@link #restore} this one, as far as it changed since
   * the last call. Facts that are {@link #waiting} are not in it.
   */
  public void remember(Keeper keeper) {
    memory.takeChanged(
        it -> {
          if (it.change() == Kept.Change.LONGER) {
            keeper.longer(it.identity(), it.remembered());
          } else {
            keeper.anew(it.identity(), it.remembered());
          }
        });
  }

  /** What is remembered of an identity now, oldest first; changes with the next fact. */
  public List<Fact> remembered(String identity) {
    return memory.keptSamples(identity);
  }

  /**
   * What another session needs to know of findings that hold, and are not told yet, as far as it
   * changed since the last call: by id since when they hold, ms since the epoch; null when they are
   * told, or hold no more.
   */
  public Map<String, @Nullable Long> takeHeld() {
    return ledger.takeHeld();
  }

  /** What the moments that are over changed since the last call. */
  public List<Finding> concluded() {
    return ledger.takeChanges();
  }

  /** Ends the moment; the findings that were opened, changed or resolved since the last call. */
  public List<Finding> conclude() {
    endMoment();
    return ledger.takeChanges();
  }

  /**
   * Nothing more will come: looks at what single outputs show by themselves, and at hosts that show
   * no tunnel. While facts stream in, measurements will say more.
   */
  public void lookAtClues() {
    ledger.tellAtOnce();
    judge.lookAtClues();
    endMoment();
    if (judge.lookWhoHearsNothing()) {
      endMoment();
    }
  }

  /** The findings that are open, root causes first. */
  public List<Finding> findings() {
    return ledger.open(writer::place);
  }

  /** What else can be asked. */
  public SessionView view() {
    return view;
  }

  /**
   * What is told now is said of now, not of when its tunnel happened to be judged last: that is not
   * the same after a restart.
   */
  private void settle(Time now) {
    Set<String> due = ledger.due(now);
    if (!due.isEmpty()) {
      judge.again(due);
      due.forEach(this::say);
    }
    ledger.settle(now);
  }

  private void say(String tunnel) {
    Scene scene = judge.scenes().now(tunnel);
    if (scene == null) {
      ledger.replace(tunnel, List.of(), memory.clock());
    } else {
      ledger.replace(tunnel, judge.findings(tunnel), scene.clock());
    }
  }

  @Override
  public void close() {
    judge.close();
  }
}
