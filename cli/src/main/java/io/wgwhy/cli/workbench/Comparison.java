package io.wgwhy.cli.workbench;

import io.wgwhy.cli.workbench.Backtest.Difference;
import io.wgwhy.cli.workbench.Backtest.Said;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.RuleBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Two sets of rules at the same facts, network by network: what each says, and what differs. Not
 * safe for several threads.
 */
public final class Comparison implements AutoCloseable {
  private final Function<String, RuleBook> before;
  private final Function<String, RuleBook> now;
  private final Map<Place, Pair> networks =
      new TreeMap<>(Comparator.comparing(Place::tenant).thenComparing(Place::network));

  /** A network of a tenant. */
  public record Place(String tenant, String network) {
    @Override
    public String toString() {
      return tenant + "/" + network;
    }
  }

  /** What is said of a network by both, and how many facts that was made of. */
  private static final class Pair {
    private final NetworkSession before;
    private final NetworkSession now;
    private final Map<String, Finding> said = new LinkedHashMap<>();
    private final Map<String, Finding> saidNow = new LinkedHashMap<>();
    private long facts;
    private long first = Long.MAX_VALUE;
    private long last;

    Pair(NetworkSession before, NetworkSession now) {
      this.before = before;
      this.now = now;
    }

    void note() {
      before.concluded().forEach(it -> said.put(it.id(), it));
      now.concluded().forEach(it -> saidNow.put(it.id(), it));
    }
  }

  /**
   * @param before the rules of a tenant as they are
   * @param now those that are tried
   */
  public Comparison(Function<String, RuleBook> before, Function<String, RuleBook> now) {
    this.before = before;
    this.now = now;
  }

  /** Takes a fact in. */
  public void accept(String tenant, String network, Fact fact) {
    Pair pair =
        networks.computeIfAbsent(
            new Place(tenant, network),
            it ->
                new Pair(
                    new NetworkSession(tenant, network, before.apply(tenant)),
                    new NetworkSession(tenant, network, now.apply(tenant))));
    pair.before.accept(fact);
    pair.now.accept(fact);
    pair.note();
    pair.facts++;
    pair.first = Math.min(pair.first, fact.at());
    pair.last = Math.max(pair.last, fact.at());
  }

  /** Nothing more comes for now: the last moments are over. */
  public void conclude() {
    for (Pair pair : networks.values()) {
      pair.before.conclude().forEach(it -> pair.said.put(it.id(), it));
      pair.now.conclude().forEach(it -> pair.saidNow.put(it.id(), it));
    }
  }

  /**
   * Time passes though nothing may have come.
   *
   * @param clock ms since the epoch
   */
  public void tick(long clock) {
    for (Pair pair : networks.values()) {
      pair.before.tick(clock);
      pair.now.tick(clock);
      pair.note();
    }
  }

  /** How many facts were taken in. */
  public long facts() {
    return networks.values().stream().mapToLong(it -> it.facts).sum();
  }

  /** How much time the facts are of, in seconds: from the first to the last of all networks. */
  public double seconds() {
    long first = networks.values().stream().mapToLong(it -> it.first).min().orElse(0);
    long last = networks.values().stream().mapToLong(it -> it.last).max().orElse(0);
    return (last - first) / 1000.0;
  }

  /** All that the rules as they are said of any network. */
  public List<Said> said() {
    return networks.values().stream()
        .flatMap(it -> said(it.said, it.first).values().stream())
        .toList();
  }

  /** Of each network what is said otherwise, from beginning to end. */
  public List<Backtest.Row> rows() {
    List<Backtest.Row> rows = new ArrayList<>();
    networks.forEach(
        (place, pair) ->
            rows.add(
                new Backtest.Row(
                    place.toString(),
                    (pair.last - pair.first) / 1000.0,
                    (int) Math.min(Integer.MAX_VALUE, pair.facts),
                    differences(said(pair.said, pair.first), said(pair.saidNow, pair.first)))));
    return rows;
  }

  /** What is open by one of them only, or otherwise, now: by network and id. */
  public Map<Place, Map<String, Difference>> open() {
    Map<Place, Map<String, Difference>> all = new LinkedHashMap<>();
    networks.forEach(
        (place, pair) -> {
          Map<String, Said> was = said(open(pair.said), pair.first);
          Map<String, Said> is = said(open(pair.saidNow), pair.first);
          Map<String, Difference> differing = new LinkedHashMap<>();
          was.forEach(
              (id, it) -> {
                Said other = is.get(id);
                if (other == null || !other.confidence().equals(it.confidence())) {
                  differing.put(id, new Difference(it, other));
                }
              });
          is.forEach(
              (id, it) -> {
                if (!was.containsKey(id)) {
                  differing.put(id, new Difference(null, it));
                }
              });
          if (!differing.isEmpty()) {
            all.put(place, differing);
          }
        });
    return all;
  }

  private static Map<String, Finding> open(Map<String, Finding> said) {
    Map<String, Finding> open = new LinkedHashMap<>();
    said.forEach(
        (id, it) -> {
          if (it.state() == Finding.State.OPEN) {
            open.put(id, it);
          }
        });
    return open;
  }

  private static Map<String, Said> said(Map<String, Finding> findings, long begin) {
    Map<String, Said> said = new LinkedHashMap<>();
    findings.forEach((id, it) -> said.put(id, said(it, begin)));
    return said;
  }

  static Said said(Finding finding, long begin) {
    return new Said(
        finding.cause(),
        finding.title(),
        finding.confidence().name().toLowerCase(Locale.ROOT),
        finding.severity().name().toLowerCase(Locale.ROOT),
        (finding.openedAt().toEpochMilli() - begin) / 1000.0,
        finding.resolvedAt() == null
            ? null
            : (finding.resolvedAt().toEpochMilli() - begin) / 1000.0);
  }

  static List<Difference> differences(Map<String, Said> before, Map<String, Said> now) {
    List<Difference> all = new ArrayList<>();
    before.forEach(
        (id, said) -> {
          Said after = now.get(id);
          if (after == null || !isSame(said, after)) {
            all.add(new Difference(said, after));
          }
        });
    now.forEach(
        (id, said) -> {
          if (!before.containsKey(id)) {
            all.add(new Difference(null, said));
          }
        });
    return all;
  }

  private static boolean isSame(Said one, Said other) {
    return one.confidence().equals(other.confidence())
        && one.severity().equals(other.severity())
        && one.opened() == other.opened()
        && Objects.equals(one.resolved(), other.resolved());
  }

  @Override
  public void close() {
    for (Pair pair : networks.values()) {
      pair.before.close();
      pair.now.close();
    }
  }
}
