package io.wgwhy.engine.session;

import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The reasoning of one network: takes facts in, says which findings hold. One network, one session:
 * a rule cannot see another tenant's facts, whatever it says. Time is the data's, so that a replay
 * gives the same findings. Not safe for several threads.
 */
public final class NetworkSession implements AutoCloseable {
  private final Memory memory = new Memory();
  private final WorkingMemory working;
  private final FindingWriter writer;
  private final Ledger ledger;
  private final Map<String, Pairing.Pair> pairs = new TreeMap<>();
  private final Map<String, Scene> scenes = new HashMap<>();
  private final Set<String> dirtyHosts = new TreeSet<>();
  private final Set<String> dirtyPeers = new TreeSet<>();
  private boolean structureChanged;
  private @Nullable String momentHost;
  private long moment;

  /**
   * @param tenant the tenant it belongs to
   * @param network the network's name, unique within its tenant
   * @param rules what is known of causes
   */
  public NetworkSession(String tenant, String network, RuleBook rules) {
    this.working = new WorkingMemory(rules);
    this.writer = new FindingWriter(tenant, network, rules);
    this.ledger = new Ledger();
  }

  /** Begins where another session of the same network ended. */
  public void restore(Collection<? extends Fact> remembered, Collection<Finding> open) {
    open.forEach(ledger::restore);
    remembered.stream()
        .sorted(Comparator.comparingLong(Fact::at).thenComparing(Fact::identity))
        .forEach(this::take);
    judge();
    ledger.endRestore(memory.clock());
  }

  /**
   * Takes a fact in. What belongs to one moment of one host is judged together: the rules run when
   * the next moment begins, or at {@link #conclude}.
   *
   * @return false when it said nothing new
   */
  public boolean accept(Fact fact) {
    boolean sameMoment = fact.at() == moment && fact.host().equals(momentHost);
    if (!sameMoment) {
      judge();
      moment = fact.at();
      momentHost = fact.host();
    }
    return take(fact);
  }

  private boolean take(Fact fact) {
    Fact before = memory.newest(fact.identity());
    boolean isNew = memory.accept(fact);
    if (isNew) {
      boolean structural = Structure.changed(before, fact);
      structureChanged |= structural;
      if (!structural && fact instanceof io.wgwhy.facts.WgPeer) {
        dirtyPeers.add(fact.identity());
      } else if (!Structure.onlyTime(before, fact)) {
        dirtyHosts.add(fact.host());
      }
    }
    return isNew;
  }

  /** The samples of an identity that a restore needs, oldest first; bounded. */
  public List<Fact> remembered(String identity) {
    return memory.samples(identity);
  }

  /** Runs the rules; findings that were opened, changed or resolved since the last call. */
  public List<Finding> conclude() {
    judge();
    return ledger.takeChanges();
  }

  /** The findings that are open, root causes first. */
  public List<Finding> findings() {
    return ledger.open(writer::place);
  }

  /** The tunnels without a finding, and how they are. */
  public List<HealthyTunnel> healthy() {
    judge();
    return pairs.keySet().stream()
        .filter(it -> working.symptoms(it).isEmpty())
        .map(it -> HealthyTunnel.of(writer.subject(scene(it).tunnel()), scene(it)))
        .toList();
  }

  private Scene scene(String tunnel) {
    Scene known = scenes.get(tunnel);
    if (known == null) {
      throw new IllegalStateException("no such tunnel: " + tunnel);
    }
    return known;
  }

  private void judge() {
    if (!structureChanged && dirtyHosts.isEmpty() && dirtyPeers.isEmpty()) {
      return;
    }
    Set<String> affected = new TreeSet<>();
    if (structureChanged) {
      pairAgain(affected);
    }
    for (Map.Entry<String, Pairing.Pair> pair : pairs.entrySet()) {
      if (touches(pair.getValue().initiator()) || touches(pair.getValue().responder())) {
        affected.add(pair.getKey());
      }
    }
    insertRawFacts();
    for (String tunnel : affected) {
      Pairing.Pair pair = pairs.get(tunnel);
      if (pair == null) {
        working.remove(tunnel);
        scenes.remove(tunnel);
      } else {
        Scene scene = Scene.of(memory, pair);
        scenes.put(tunnel, scene);
        working.put(tunnel, Judgements.of(scene).byKey());
      }
    }
    structureChanged = false;
    dirtyHosts.clear();
    dirtyPeers.clear();
    working.fire();
    affected.forEach(this::say);
  }

  private void pairAgain(Set<String> affected) {
    affected.addAll(pairs.keySet());
    pairs.clear();
    Pairing.of(memory).forEach(it -> pairs.put(it.tunnel().id(), it));
    affected.addAll(pairs.keySet());
  }

  private boolean touches(@Nullable PeerView view) {
    return view != null
        && (dirtyHosts.contains(view.host().name())
            || (view.peer() != null && dirtyPeers.contains(view.peer().identity())));
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
    Scene scene = scenes.get(tunnel);
    List<Finding> now =
        scene == null
            ? List.of()
            : writer.write(scene, working.symptoms(tunnel), working.reasons(tunnel));
    ledger.replace(tunnel, now, memory.clock());
  }

  @Override
  public void close() {
    working.close();
  }
}
