package io.wgwhy.engine.session;

import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.WgPeer;
import io.wgwhy.facts.finding.Explanation;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.tunnel.NothingHeard;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.facts.tunnel.Tunnel;
import io.wgwhy.rules.Cause;
import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.proof.Facts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The reasoning of one network: takes facts in, says which findings hold. One network, one session:
 * a rule cannot see another tenant's facts, whatever it says. Time is the data's, so that a replay
 * gives the same findings. Not safe for several threads.
 */
public final class NetworkSession implements AutoCloseable {
  /** The pack that comes with us. */
  private static final String OWN = "wireguard";

  private final RuleBook rules;
  private final Memory memory = new Memory();
  private final WorkingMemory working;
  private final FindingWriter writer;
  private final Ledger ledger;
  private final Tunnels tunnels = new Tunnels();
  private final Map<String, Scene> scenes = new HashMap<>();
  private final CalmTunnels calm = new CalmTunnels(memory);
  private final boolean skipsTheCalm;
  private final Set<String> dirtyHosts = new TreeSet<>();
  private final Set<String> dirtyPeers = new TreeSet<>();
  private final Set<String> dirtyPeersOf = new TreeSet<>();
  private final List<Fact> moment = new ArrayList<>();
  private final KeysOfHosts keys = new KeysOfHosts();
  private final Hearing hearing = new Hearing();
  private boolean structureChanged;
  private boolean looksAtClues;
  private Map<String, NothingHeard> nothingHeard = Map.of();

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
    this.skipsTheCalm = skipsTheCalm;
    this.rules = rules;
    this.working = new WorkingMemory(rules);
    this.writer = new FindingWriter(tenant, network, rules);
    this.ledger = new Ledger(settling);
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
    remembered.stream().sorted(Comparator.comparingLong(Fact::at)).forEach(this::take);
    memory.takeChanged(any -> {});
    hearing.beginAnew();
    open.stream()
        .flatMap(it -> it.evidence().stream())
        .filter(it -> it.fact().equals(Says.SILENCE) && it.host() != null)
        .forEach(it -> hearing.stillSilent(it.host()));
    judgeAffected();
    Set<String> causes = new TreeSet<>();
    open.forEach(it -> causes.add(it.cause()));
    Map<String, Set<String>> tunnelsOfId = new HashMap<>();
    for (String cause : causes) {
      tunnels
          .pairs()
          .forEach(
              (tunnel, pair) ->
                  writer
                      .ids(cause, pair.tunnel())
                      .forEach(
                          id ->
                              tunnelsOfId.computeIfAbsent(id, any -> new TreeSet<>()).add(tunnel)));
    }
    for (Finding finding : open) {
      Set<String> itsTunnels = tunnelsOfId.getOrDefault(finding.id(), Set.of());
      ledger.restore(itsTunnels, finding, memory.clock());
      if (itsTunnels.size() > 1 || !writer.isOfThisBook(finding)) {
        itsTunnels.forEach(this::say);
      }
    }
    if (!held.isEmpty()) {
      tunnels
          .pairs()
          .keySet()
          .forEach(it -> ledger.restoreHeld(it, findings(it), held, Ledger.BY_DATA_ONLY));
      ledger.restored(held.keySet());
    }
    settle(Ledger.BY_DATA_ONLY);
  }

  /**
   * What is told now is said of now, not of when its tunnel happened to be judged last: that is not
   * the same after a restart.
   */
  private void settle(long heard) {
    Set<String> due = ledger.due(memory.clock(), heard);
    if (!due.isEmpty()) {
      Set<String> told = new TreeSet<>();
      due.forEach(it -> judge(it, told));
      working.fire();
      due.forEach(this::noteCalm);
      due.forEach(this::say);
    }
    ledger.settle(memory.clock(), heard);
  }

  /**
   * Says of every tunnel what the rules say of it now: after {@link #restore} with other rules than
   * those that said what is open.
   */
  public void sayAgain() {
    tunnels.pairs().keySet().forEach(this::say);
    settle(Ledger.BY_DATA_ONLY);
  }

  /**
   * Takes a fact in. What belongs to one moment of one host is judged together: a moment is over
   * when a fact of another one comes, or at {@link #conclude}.
   */
  public void accept(Fact fact) {
    if (!moment.isEmpty() && !isSameMoment(moment.get(0), fact)) {
      judge();
    }
    moment.add(fact);
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
    Set<String> said = noteSilence() ? judgeAffected() : Set.of();
    said.forEach(this::say);
    settle(hearing.now());
    return ledger.hasChanges();
  }

  private boolean noteSilence() {
    Set<String> turned = hearing.turned();
    if (!turned.isEmpty()) {
      // Of those who are silent already, too, more tunnels may be unseen now.
      dirtyHosts.addAll(turned);
      dirtyHosts.addAll(hearing.silent());
      // Of several hosts with one key another one may stand for the tunnel now.
      structureChanged = true;
    }
    return !turned.isEmpty();
  }

  private void take(Fact taken) {
    hearing.heard(taken);
    if (taken instanceof WgPeer sample && isOneMore(sample)) {
      return;
    }
    String identity = taken.identity();
    Fact before = memory.newest(identity);
    Fact fact = Sharing.of(before, taken);
    if (memory.accept(fact)) {
      boolean structural = Structure.changed(before, fact);
      structureChanged |= structural;
      if (!structural && fact instanceof WgPeer) {
        dirtyPeers.add(identity);
        dirtyPeersOf.add(fact.host());
      } else if (!Structure.onlyTime(before, fact)) {
        dirtyHosts.add(fact.host());
      }
    }
  }

  /** Whether a sample of a peer says nothing but numbers; then it is taken in. */
  private boolean isOneMore(WgPeer sample) {
    Kept kept = memory.kept(sample);
    if (kept == null || !memory.append(kept, Sharing.of((WgPeer) kept.newest(), sample))) {
      return false;
    }
    if (!CalmTunnels.passes(kept)) {
      dirtyPeers.add(kept.identity());
      dirtyPeersOf.add(sample.host());
    }
    return true;
  }

  /** Takes what must be remembered of a session, so that another can go on where it is. */
  public interface Keeper {
    /**
     * Of an identity newer samples came; those before are the same, or were left out for them.
     *
     * @param samples oldest first; changes with the next fact
     */
    void longer(String identity, List<Fact> samples);

    /**
     * All may be different.
     *
     * @param samples oldest first, none when the identity is forgotten; changes with the next fact
     */
    void anew(String identity, List<Fact> samples);
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

  /** The same as {@link #remember}, as it is: by identity the samples, none when forgotten. */
  public Map<String, List<Fact>> takeRemembered() {
    Map<String, List<Fact>> changed = new LinkedHashMap<>();
    memory.takeChanged(it -> changed.put(it.identity(), List.copyOf(it.remembered())));
    return changed;
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

  /** Of this moment nothing more will come. */
  public void endMoment() {
    judge();
  }

  /** Ends the moment; the findings that were opened, changed or resolved since the last call. */
  public List<Finding> conclude() {
    judge();
    return ledger.takeChanges();
  }

  /**
   * Nothing more will come: looks at what single outputs show by themselves, and at hosts that show
   * no tunnel. While facts stream in, measurements will say more.
   */
  public void lookAtClues() {
    looksAtClues = true;
    ledger.tellAtOnce();
    structureChanged = true;
    judge();
    if (scenes.keySet().stream().allMatch(it -> working.symptoms(it).isEmpty())) {
      calm.counted().forEach(this::sceneNow);
      nothingHeard = NothingIsHeard.in(scenes.values());
      structureChanged = true;
      judge();
    }
  }

  /** The findings that are open, root causes first. */
  public List<Finding> findings() {
    return ledger.open(writer::place);
  }

  /** The tunnels without a finding, and how they are. */
  public List<HealthyTunnel> healthy() {
    judge();
    return tunnels.pairs().keySet().stream()
        .filter(it -> working.symptoms(it).isEmpty() && isATunnel(it))
        .map(it -> HealthyTunnel.of(writer.subject(scene(it).tunnel()), scene(it)))
        .toList();
  }

  /** The tunnels that something is wrong with, and that no finding speaks of. */
  public List<UnexplainedTunnel> unexplained() {
    judge();
    return tunnels.pairs().keySet().stream()
        .filter(it -> !working.symptoms(it).isEmpty() && isATunnel(it))
        .filter(it -> findings(it).stream().noneMatch(Finding::isFault))
        .map(
            it ->
                new UnexplainedTunnel(
                    writer.subject(scene(it).tunnel()),
                    working.symptoms(it).stream().map(Symptom.Kind::word).toList()))
        .toList();
  }

  /**
   * Why a cause is, or is not, what is wrong with each tunnel, as it is now.
   *
   * @throws IllegalArgumentException when no such cause is known
   */
  public List<Explanation> explain(String cause) {
    judgeAll();
    Cause known = rules.cause(cause);
    if (known == null) {
      throw new IllegalArgumentException("there is no cause " + cause);
    }
    Explaining explaining = new Explaining(rules, writer);
    Facts facts = working.facts();
    return tunnels.pairs().keySet().stream()
        .filter(it -> isSeen(it) || !working.reasons(it).isEmpty())
        .map(
            it ->
                explaining.explain(
                    known, scene(it), working.symptoms(it), working.reasons(it), facts))
        .toList();
  }

  /** All that the rules are asked about now: judgements, and facts as they are. */
  public List<Object> judged() {
    judgeAll();
    return working.judged();
  }

  /** All that the rules are asked about and conclude, until the session changes. */
  public Facts facts() {
    judgeAll();
    return working.facts();
  }

  /** The rules by which something is concluded now, of whatever tunnel; symptoms, too. */
  public Set<String> rulesThatHold() {
    judgeAll();
    return working.rulesThatHold();
  }

  private boolean isATunnel(String tunnel) {
    Tunnel it = scene(tunnel).tunnel();
    return it.initiator().iface() != null || it.responder().iface() != null;
  }

  private Scene scene(String tunnel) {
    Scene known = sceneNow(tunnel);
    if (known == null) {
      throw new IllegalStateException("no such tunnel: " + tunnel);
    }
    return known;
  }

  /** With all that was counted; null when there is no such tunnel. */
  private @Nullable Scene sceneNow(String tunnel) {
    Pairing.Pair pair = calm.takeCounted(tunnel) ? tunnels.pair(tunnel) : null;
    if (pair != null) {
      scenes.put(tunnel, sceneOf(pair));
    }
    return scenes.get(tunnel);
  }

  private void judge() {
    moment.forEach(this::take);
    moment.clear();
    noteSilence();
    judgeAffected().forEach(this::say);
    settle(Ledger.BY_DATA_ONLY);
  }

  private Set<String> judgeAffected() {
    Set<String> affected = new TreeSet<>();
    if (!structureChanged && dirtyHosts.isEmpty() && dirtyPeers.isEmpty()) {
      return affected;
    }
    if (structureChanged) {
      Set<String> changed = tunnels.pairAgain(memory, looksAtClues);
      affected.addAll(skipsTheCalm && !looksAtClues ? withOthers(changed) : allWith(changed));
    }
    dirtyHosts.forEach(it -> affected.addAll(tunnels.of(it)));
    for (String peer : dirtyPeers) {
      for (String tunnel : tunnels.of(peer)) {
        if (!affected.contains(tunnel) && !isStillCalm(tunnel)) {
          affected.add(tunnel);
        }
      }
    }
    insertRawFacts();
    Set<String> told = new TreeSet<>();
    affected.forEach(it -> judge(it, told));
    Set<String> asked = listen();
    asked.forEach(it -> judge(it, told));
    affected.addAll(asked);
    structureChanged = false;
    dirtyHosts.clear();
    dirtyPeers.clear();
    dirtyPeersOf.clear();
    working.fire();
    affected.forEach(this::noteCalm);
    return affected;
  }

  /**
   * Tunnels that are set up otherwise, and those to which they make a difference: a gateway of ten
   * thousand must not be judged anew for each client that joins. {@code CalmTest} compares.
   */
  private Set<String> withOthers(Set<String> changed) {
    Set<String> affected = new TreeSet<>(changed);
    for (String name : dirtyHosts) {
      affected.addAll(tunnels.ofInitiators(keys.changed(memory.host(name))));
    }
    // Hosts that cannot be looked at tell how many tunnels nobody sees.
    for (Pairing.Pair pair : tunnels.pairs().values()) {
      PeerView view = pair.initiator();
      if (pair.isOfHost() && view != null && cannotBeLookedAt(view.host())) {
        affected.add(pair.tunnel().id());
      }
    }
    return affected;
  }

  private Set<String> allWith(Set<String> changed) {
    Set<String> affected = new TreeSet<>(changed);
    affected.addAll(tunnels.pairs().keySet());
    return affected;
  }

  private boolean cannotBeLookedAt(HostFacts host) {
    return hearing.isSilent(host.name()) || Sights.isBlind(host);
  }

  /**
   * @param told the clues that a tunnel of this round has already: what is a host's is told of the
   *     first of its tunnels
   */
  private void judge(String tunnel, Set<String> told) {
    calm.takeCounted(tunnel);
    Pairing.Pair pair = tunnels.pair(tunnel);
    if (pair == null) {
      working.remove(tunnel);
      scenes.remove(tunnel);
    } else {
      Scene scene = sceneOf(pair);
      scenes.put(tunnel, scene);
      Map<String, Object> judged = judgements(pair, scene);
      if (looksAtClues) {
        Clues.of(scene).stream()
            .filter(it -> told.add(it.host() + it.says()))
            .forEach(it -> judged.put("clue/" + it.host() + "/" + it.shows(), it));
        NothingHeard unheard = nothingHeard.get(tunnel);
        if (unheard != null) {
          judged.put("nothing-heard", unheard);
        }
      }
      working.put(tunnel, judged);
    }
  }

  private Map<String, Object> judgements(Pairing.Pair pair, Scene scene) {
    if (pair.isOfHost() && pair.initiator() != null) {
      HostFacts host = pair.initiator().host();
      return Sights.ofHost(pair.tunnel(), host, hearing, unjudged(host));
    }
    Map<String, Object> all = new LinkedHashMap<>(Judgements.of(scene).byKey());
    all.putAll(Sights.of(scene));
    String id = pair.tunnel().id();
    all.putAll(Risks.of(scene, host -> id.equals(firstTunnel(host))));
    return all;
  }

  /** The tunnel that speaks for what concerns all of a host's. */
  private @Nullable String firstTunnel(String host) {
    return tunnels.of(host).stream().filter(this::isSeen).findFirst().orElse(null);
  }

  /**
   * How many tunnels of a host nobody else sees: 0 when the host itself can be looked at. One that
   * never showed any may have none, if others in its network do; else it counts as one.
   */
  private int unjudged(HostFacts host) {
    if (!cannotBeLookedAt(host)) {
      return 0;
    }
    List<String> own = tunnels.of(host.name()).stream().filter(this::isSeen).toList();
    if (own.isEmpty()) {
      return tunnels.pairs().keySet().stream().noneMatch(this::isSeen) ? 1 : 0;
    }
    return (int) own.stream().filter(it -> !isJudged(tunnels.pair(it))).count();
  }

  private boolean isJudged(Pairing.@Nullable Pair pair) {
    Scene scene = pair == null ? null : sceneOf(pair);
    return scene != null && (scene.initiatorTrend() != null || scene.responderTrend() != null);
  }

  private boolean isSeen(String tunnel) {
    Pairing.Pair pair = tunnels.pair(tunnel);
    return pair != null && !pair.isOfHost();
  }

  private Scene sceneOf(Pairing.Pair pair) {
    return Scene.of(
        memory, pair.without(hearing::isSilent), tunnels.unanswered(pair.tunnel().id()));
  }

  /** Once it is known who asks in vain, what nobody takes may be a stranger's. */
  private Set<String> listen() {
    Set<String> affected = new TreeSet<>();
    for (HostFacts host : memory.hosts()) {
      boolean changed =
          structureChanged
              || dirtyHosts.contains(host.name())
              || dirtyPeersOf.contains(host.name());
      if (changed && host.hasAny(Capture.class)) {
        affected.addAll(tunnels.listen(host, (pair, it) -> explains(pair, host, it)));
      }
    }
    return affected;
  }

  private boolean explains(Pairing.Pair pair, HostFacts host, Unanswered asked) {
    Scene scene = sceneNow(pair.tunnel().id());
    return scene != null
        && scene.leadsTo(host)
        && (scene.initiatorAsksInVain() || scene.initiatorAsked(asked.since(), asked.last()));
  }

  /** Whether only the counters moved of a tunnel that is well, and amount to the same. */
  private boolean isStillCalm(String tunnel) {
    Calm before = calm.of(tunnel);
    Pairing.Pair pair = tunnels.pair(tunnel);
    if (before == null || pair == null) {
      return false;
    }
    Scene scene = sceneOf(pair);
    boolean holds = before.holds(scene);
    if (holds) {
      calm.takeCounted(tunnel);
      scenes.put(tunnel, scene);
      calm.goOn(scene);
    }
    return holds;
  }

  private void noteCalm(String tunnel) {
    Scene scene = sceneNow(tunnel);
    boolean well = skipsTheCalm && scene != null && working.symptoms(tunnel).isEmpty();
    Calm now = well && scene != null ? Calm.of(scene) : null;
    calm.judged(tunnel, scene, now);
    // Nearly all tunnels are calm, and what Drools keeps of one is ten times what we do.
    if (now != null && !looksAtClues && working.reasons(tunnel).isEmpty()) {
      working.remove(tunnel);
    }
  }

  /** Somebody asks for all, as it is now: also what was left out of calm tunnels. */
  private void judgeAll() {
    judge();
    Set<String> told = new TreeSet<>();
    tunnels.pairs().keySet().forEach(it -> judge(it, told));
    working.fire();
  }

  /** Facts that rules ask for as they are. */
  private void insertRawFacts() {
    for (HostFacts host : memory.hosts()) {
      if (dirtyHosts.contains(host.name()) || structureChanged) {
        host.all(BringUp.class).forEach(it -> working.put(it.identity(), it));
        host.all(WgConfig.class).forEach(it -> working.put(it.identity(), it));
        host.all(CommandFailure.class).forEach(it -> working.put(it.identity(), it));
      }
    }
  }

  private void say(String tunnel) {
    Scene scene = sceneNow(tunnel);
    if (scene == null) {
      ledger.replace(tunnel, List.of(), memory.clock());
    } else {
      ledger.replace(tunnel, findings(tunnel), scene.clock());
    }
  }

  private List<Finding> findings(String tunnel) {
    return writer.write(scene(tunnel), working.symptoms(tunnel), working.reasons(tunnel));
  }

  @Override
  public void close() {
    working.close();
  }
}
