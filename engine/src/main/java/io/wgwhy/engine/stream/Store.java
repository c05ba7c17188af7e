package io.wgwhy.engine.stream;

import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Heartbeat;
import io.wgwhy.facts.NotTakenIn;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What sessions are rebuilt from: the remembered samples of every fact, the open findings, and the
 * moments that were not over at the last commit.
 *
 * <p>Samples and moments are written behind: a fact that changes ten times between two commits
 * costs one write. Until then they stand here, and are read from here.
 */
final class Store {

  private static final Logger log = LoggerFactory.getLogger(Store.class);

  static final String FACTS = "facts";
  static final String JOURNALS = "journals";
  static final String FINDINGS = "findings";
  static final String MOMENTS = "moments";

  /** Findings that hold and are not told yet: since when. */
  static final String HELD = "held";

  /** What Streams keeps for it. */
  static final List<String> PARTS = List.of(FACTS, JOURNALS, FINDINGS, MOMENTS, HELD);

  /** How keys of {@link Heartbeat} go on after the network. */
  private static final String HEARTBEAT = NetworkKey.END + "heartbeat/";

  /** How keys of {@link NotTakenIn} go on after the network. */
  private static final String NOT_TAKEN_IN = NetworkKey.END + "not-taken-in/";

  private final CountedStore facts;
  private final KeyValueStore<String, byte[]> findings;
  private final KeyValueStore<String, byte[]> moments;
  private final KeyValueStore<String, byte[]> held;
  private final CountedStore journals;
  private final Map<NetworkKey, Journal> networks = new HashMap<>();

  /** Those that something is to be written of. */
  private final Set<Journal> news = new LinkedHashSet<>();

  private final Map<NetworkKey, List<Arrival>> unwrittenMoments = new HashMap<>();

  /** Of which a moment is stored that was not over. */
  private final Set<NetworkKey> unfinished = new LinkedHashSet<>();

  /** By network the findings that hold and are not told yet. */
  private final Map<NetworkKey, Set<String>> holding = new LinkedHashMap<>();

  private final OpenFindings open;
  private final Allowance allowance;

  /** By network how often somebody there wanted to speak, when this engine took over. */
  private final Map<NetworkKey, Long> promises = new HashMap<>();

  /** How much is kept of each tenant here. */
  private final Map<Tenant, Long> used = new HashMap<>();

  /** Where it was said that nothing new is taken in, and of which host. */
  private final Map<NetworkKey, NotTakenIn> notTakenIn = new LinkedHashMap<>();

  /**
   * @param parts by their names
   */
  Store(
      Function<String, KeyValueStore<String, byte[]>> parts, Figures figures, Allowance allowance) {
    this.allowance = allowance;
    KeyValueStore<String, byte[]> stored = parts.apply(FACTS);
    this.facts = new CountedStore(stored, this::count);
    this.journals = new CountedStore(parts.apply(JOURNALS), this::count);
    this.findings = parts.apply(FINDINGS);
    this.moments = parts.apply(MOMENTS);
    this.held = parts.apply(HELD);
    this.open = new OpenFindings(figures);
    try (var all = stored.all()) {
      all.forEachRemaining(
          entry -> {
            if (entry.key.contains(NOT_TAKEN_IN)) {
              StoredFacts.samples(entry.value)
                  .forEach(it -> note(NetworkKey.ofStoreKey(entry.key), it));
            }
            if (entry.key.contains(HEARTBEAT)) {
              StoredFacts.samples(entry.value).forEach(it -> promised(entry.key, it));
            }
          });
    }
    try (var all = findings.all()) {
      all.forEachRemaining(entry -> open.found(entry.key, entry.value));
    }
    try (var all = held.all()) {
      all.forEachRemaining(
          entry -> {
            NetworkKey network = NetworkKey.ofStoreKey(entry.key);
            holding.computeIfAbsent(network, it -> new HashSet<>()).add(network.nameIn(entry.key));
          });
    }
    try (var all = moments.all()) {
      all.forEachRemaining(entry -> unfinished.add(NetworkKey.ofPrefix(entry.key)));
    }
  }

  private void promised(String key, Fact fact) {
    if (fact instanceof Heartbeat it && !it.last() && it.everyMillis() > 0) {
      promises.merge(NetworkKey.ofStoreKey(key), it.everyMillis(), Math::min);
    }
  }

  /** By network how often somebody there wants to speak, as it was at the beginning, ms. */
  Map<NetworkKey, Long> promises() {
    return Map.copyOf(promises);
  }

  /** What is remembered of a network's facts. */
  Journal of(NetworkKey network) {
    return networks.computeIfAbsent(network, it -> new Journal(it, facts, journals, news));
  }

  /** Whether samples of a fact are kept. */
  boolean knows(NetworkKey network, String identity) {
    Journal journal = networks.get(network);
    return (journal != null && journal.isUnwritten(identity))
        || facts.get(network.with(identity)) != null;
  }

  /** Where it was said that nothing new is taken in; the last word on it. */
  Map<NetworkKey, NotTakenIn> notTakenIn() {
    return notTakenIn;
  }

  /** It is said, or that there is room again. */
  void note(NetworkKey network, Fact sample) {
    if (sample instanceof NotTakenIn it) {
      NotTakenIn before = it.full() ? notTakenIn.put(network, it) : notTakenIn.remove(network);
      int more = (it.full() ? 1 : 0) - (before == null ? 0 : 1);
      allowance.told(network.tenant(), more);
    }
  }

  private void count(Tenant tenant, long more) {
    if (more != 0) {
      used.merge(tenant, more, Long::sum);
      allowance.uses(tenant, more);
    }
  }

  void keep(NetworkKey network, Finding finding, byte[] asJson) {
    boolean isOpen = finding.state() == Finding.State.OPEN;
    String key = network.with(finding.id());
    open.keep(key, network.tenant(), isOpen ? finding.cause() : null);
    findings.put(key, isOpen ? asJson : null);
  }

  /**
   * Keeps since when a finding holds that is not told yet, ms since the epoch; null when it is
   * told, or holds no more.
   */
  void keepHeld(NetworkKey network, String id, @Nullable Long since) {
    Set<String> ids = holding.computeIfAbsent(network, it -> new HashSet<>());
    if (since == null) {
      ids.remove(id);
    } else {
      ids.add(id);
    }
    if (ids.isEmpty()) {
      holding.remove(network);
    }
    held.put(
        network.with(id),
        since == null ? null : ByteBuffer.allocate(Long.BYTES).putLong(since).array());
  }

  /** The networks of which a finding holds that is not told yet. */
  Set<NetworkKey> holding() {
    return holding.keySet();
  }

  /** Since when each finding holds that is not told yet. */
  Map<String, Long> held(NetworkKey network) {
    var found = new TreeMap<String, Long>();
    try (var entries = held.prefixScan(network.prefix(), new StringSerializer())) {
      entries.forEachRemaining(
          entry -> found.put(network.nameIn(entry.key), ByteBuffer.wrap(entry.value).getLong()));
    }
    return found;
  }

  /** Those that are open and about no network. */
  List<Finding> openNotices() {
    var found = new ArrayList<Finding>();
    try (var all = findings.all()) {
      all.forEachRemaining(
          entry -> {
            if (NetworkKey.isOfNone(entry.key)) {
              try {
                found.add(Json.finding(entry.value));
              } catch (IOException e) {
                log.warn("Forgot a finding about rules that can no longer be read");
              }
            }
          });
    }
    return found;
  }

  /** A tenant is gone: as if it had never been. None of its networks may have a session now. */
  void forget(Tenant tenant) {
    networks.keySet().removeIf(it -> it.tenant().equals(tenant));
    news.removeIf(it -> it.network().tenant().equals(tenant));
    unwrittenMoments.keySet().removeIf(it -> it.tenant().equals(tenant));
    unfinished.removeIf(it -> it.tenant().equals(tenant));
    holding.keySet().removeIf(it -> it.tenant().equals(tenant));
    promises.keySet().removeIf(it -> it.tenant().equals(tenant));
    int told = notTakenIn.size();
    notTakenIn.keySet().removeIf(it -> it.tenant().equals(tenant));
    allowance.told(tenant, notTakenIn.size() - told);
    facts.forget(tenant);
    journals.forget(tenant);
    for (var part : List.of(findings, moments, held)) {
      NetworkKey.keysOf(tenant, part).forEach(key -> part.put(key, null));
    }
    open.forget(tenant);
    used.remove(tenant);
  }

  /** Another engine has it now. */
  void close() {
    open.forget();
    used.forEach((tenant, bytes) -> allowance.uses(tenant, -bytes));
    notTakenIn.keySet().forEach(it -> allowance.told(it.tenant(), -1));
  }

  /** Keeps the facts of a moment that is not over; none if it is. */
  void keepMoment(NetworkKey network, List<Arrival> arrivals) {
    if (!arrivals.isEmpty() || unfinished.contains(network)) {
      unwrittenMoments.put(network, arrivals);
    } else {
      unwrittenMoments.remove(network);
    }
  }

  List<Finding> openFindings(NetworkKey network) {
    var found = new ArrayList<Finding>();
    try (var entries = findings.prefixScan(network.prefix(), new StringSerializer())) {
      entries.forEachRemaining(
          entry -> {
            try {
              found.add(Json.finding(entry.value));
            } catch (IOException e) {
              // If it still holds, it is opened again under the same id.
              log.warn("Forgot a finding of {} that can no longer be read", network);
            }
          });
    }
    return found;
  }

  /** The facts of the moment that was not over when the network was last concluded. */
  List<Arrival> moment(NetworkKey network) {
    List<Arrival> waiting = unwrittenMoments.get(network);
    if (waiting != null) {
      return waiting;
    }
    byte @Nullable [] bytes = moments.get(network.prefix());
    if (bytes == null) {
      return List.of();
    }
    unfinished.add(network);
    return StoredFacts.moment(network, bytes);
  }

  /** The networks of which {@link #moment} knows facts. */
  Set<NetworkKey> networksWithMoments() {
    return Set.copyOf(unfinished);
  }

  /** Writes what is still unwritten; to be called before each commit. */
  void write() {
    for (Journal journal : news) {
      journal.write();
      if (!journal.isInUse()) {
        networks.remove(journal.network());
      }
    }
    news.clear();
    unwrittenMoments.forEach(
        (network, arrivals) -> {
          boolean none = arrivals.isEmpty();
          moments.put(network.prefix(), none ? null : StoredFacts.momentBytes(arrivals));
          if (none) {
            unfinished.remove(network);
          } else {
            unfinished.add(network);
          }
        });
    unwrittenMoments.clear();
  }
}
