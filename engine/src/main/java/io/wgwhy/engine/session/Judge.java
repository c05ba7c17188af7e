package io.wgwhy.engine.session;

import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.tunnel.NothingHeard;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.rules.Justification;
import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.proof.Facts;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Measures the tunnels that something changed of, and asks the rules about them. */
final class Judge {
  private final Memory memory;
  private final Changes changes;
  private final Tunnels tunnels = new Tunnels();
  private final Scenes scenes;
  private final HostTunnels ofHosts;
  private final KeysOfHosts keys = new KeysOfHosts();
  private final Hearing hearing;
  private final WorkingMemory working;
  private final FindingWriter writer;
  private final boolean skipsTheCalm;
  private boolean looksAtClues;
  private Map<String, NothingHeard> nothingHeard = Map.of();

  /**
   * @param skipsTheCalm whether {@link Calm} may save a judgement
   */
  Judge(
      Memory memory,
      Hearing hearing,
      Changes changes,
      RuleBook rules,
      FindingWriter writer,
      boolean skipsTheCalm) {
    this.memory = memory;
    this.hearing = hearing;
    this.changes = changes;
    this.writer = writer;
    this.skipsTheCalm = skipsTheCalm;
    this.working = new WorkingMemory(rules);
    this.scenes = new Scenes(memory, hearing, tunnels);
    this.ofHosts = new HostTunnels(tunnels, scenes, hearing);
  }

  Tunnels tunnels() {
    return tunnels;
  }

  Scenes scenes() {
    return scenes;
  }

  /** What is to be said of a tunnel, as it was judged last. */
  List<Finding> findings(String tunnel) {
    return writer.write(scenes.required(tunnel), symptoms(tunnel), reasons(tunnel));
  }

  List<Symptom.Kind> symptoms(String tunnel) {
    return working.symptoms(tunnel);
  }

  List<Justification> reasons(String tunnel) {
    return working.reasons(tunnel);
  }

  /** Whether it is a tunnel, and does not just stand for a host of which none is known. */
  boolean isSeen(String tunnel) {
    return ofHosts.isSeen(tunnel);
  }

  /** All that the rules are asked about and conclude from, as it was judged last. */
  Facts facts() {
    return working.facts();
  }

  /** What the rules are asked about, as it was judged last. */
  List<Object> judged() {
    return working.judged();
  }

  /** The rules by which something is concluded, as it was judged last. */
  Set<String> rulesThatHold() {
    return working.rulesThatHold();
  }

  void close() {
    working.close();
  }

  /** From now on single outputs count by what they show by themselves. */
  void lookAtClues() {
    looksAtClues = true;
    changes.noteStructure();
  }

  /** Looks for hosts that hear nothing; only while nothing is wrong with any tunnel. */
  boolean lookWhoHearsNothing() {
    Collection<Scene> all = scenes.all();
    if (!all.stream().allMatch(it -> symptoms(it.tunnel().id()).isEmpty())) {
      return false;
    }
    nothingHeard = NothingIsHeard.in(all);
    changes.noteStructure();
    return true;
  }

  /**
   * Judges what changed.
   *
   * @return the tunnels that something else may be said of now
   */
  Set<String> whatChanged() {
    Set<String> affected = new TreeSet<>();
    if (changes.areNone()) {
      return affected;
    }
    if (changes.ofStructure()) {
      Set<String> changed = tunnels.pairAgain(memory, looksAtClues);
      affected.addAll(skipsTheCalm && !looksAtClues ? withOthers(changed) : allWith(changed));
    }
    changes.hosts().forEach(it -> affected.addAll(tunnels.of(it)));
    for (String peer : changes.peers()) {
      for (String tunnel : tunnels.ofPeer(peer)) {
        if (!affected.contains(tunnel) && !scenes.isStillCalm(tunnel)) {
          affected.add(tunnel);
        }
      }
    }
    changes.forgotten().forEach(working::removeRaw);
    insertRawFacts();
    Set<String> told = new TreeSet<>();
    affected.forEach(it -> ask(it, told));
    Set<String> asked = listen();
    asked.forEach(it -> ask(it, told));
    affected.addAll(asked);
    changes.clear();
    working.fire();
    affected.forEach(this::noteCalm);
    return affected;
  }

  /** A moment has passed: what is kept for questions only may go. */
  void passed() {
    working.passed();
  }

  /** Nothing more will come at once. */
  void rest() {
    working.rest();
  }

  /** Judges these anew, though nothing may have changed. */
  void again(Set<String> these) {
    askAll(these);
    these.forEach(this::noteCalm);
  }

  /** Somebody asks for all, as it is now: also what was left out of calm tunnels. */
  void all() {
    askAll(tunnels.pairs().keySet());
  }

  private void askAll(Set<String> these) {
    Set<String> told = new TreeSet<>();
    these.forEach(it -> ask(it, told));
    working.fire();
  }

  /**
   * Tunnels that are set up otherwise, and those to which they make a difference: a gateway of ten
   * thousand must not be judged anew for each client that joins. {@code CalmTest} compares.
   */
  private Set<String> withOthers(Set<String> changed) {
    Set<String> affected = new TreeSet<>(changed);
    for (String name : changes.hosts()) {
      affected.addAll(tunnels.ofInitiators(keys.changed(memory.host(name))));
    }
    // Hosts that cannot be looked at tell how many tunnels nobody sees.
    for (Pairing.Pair pair : tunnels.pairs().values()) {
      PeerView view = pair.initiator();
      if (pair.isOfHost() && view != null && ofHosts.isUnseen(view.host())) {
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

  /**
   * Measures a tunnel, and gives the rules what came of it.
   *
   * @param told the clues that a tunnel of this round has already: what is a host's is told of the
   *     first of its tunnels
   */
  private void ask(String tunnel, Set<String> told) {
    Scene scene = scenes.again(tunnel);
    Pairing.Pair pair = tunnels.pair(tunnel);
    if (scene == null || pair == null) {
      working.remove(tunnel);
      return;
    }
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

  private Map<String, Object> judgements(Pairing.Pair pair, Scene scene) {
    if (pair.isOfHost() && pair.initiator() != null) {
      HostFacts host = pair.initiator().host();
      return Sights.ofHost(pair.tunnel(), host, hearing, ofHosts.unjudged(host));
    }
    Map<String, Object> all = new LinkedHashMap<>(Judgements.of(scene).byKey());
    all.putAll(Sights.of(scene));
    String id = pair.tunnel().id();
    all.putAll(Risks.of(scene, host -> id.equals(ofHosts.first(host))));
    return all;
  }

  /** Once it is known who asks in vain, what nobody takes may be a stranger's. */
  private Set<String> listen() {
    Set<String> affected = new TreeSet<>();
    for (HostFacts host : memory.hosts()) {
      if (changes.isOf(host.name()) && host.hasAny(Capture.class)) {
        affected.addAll(tunnels.listen(host, (pair, it) -> explains(pair, host, it)));
      }
    }
    return affected;
  }

  private boolean explains(Pairing.Pair pair, HostFacts host, Unanswered asked) {
    Scene scene = scenes.now(pair.tunnel().id());
    return scene != null
        && scene.leadsTo(host)
        && (scene.initiatorAsksInVain() || scene.initiatorAsked(asked.since(), asked.last()));
  }

  private void noteCalm(String tunnel) {
    boolean calm = scenes.judged(tunnel, skipsTheCalm && symptoms(tunnel).isEmpty());
    // Nearly all tunnels are calm, and what Drools keeps of one is ten times what we do.
    if (calm && !looksAtClues && reasons(tunnel).isEmpty()) {
      working.remove(tunnel);
    }
  }

  /** Facts that rules ask for as they are. */
  private void insertRawFacts() {
    for (HostFacts host : memory.hosts()) {
      if (changes.hosts().contains(host.name()) || changes.ofStructure()) {
        host.all(BringUp.class).forEach(it -> working.put(it.identity(), it));
        host.all(WgConfig.class).forEach(it -> working.put(it.identity(), it));
        host.all(CommandFailure.class).forEach(it -> working.put(it.identity(), it));
      }
    }
  }
}
