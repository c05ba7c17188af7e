package io.wgwhy.cli.publish;

import io.wgwhy.facts.pack.PublishedPack;
import io.wgwhy.rules.BadRules;
import io.wgwhy.rules.CompiledPack;
import io.wgwhy.rules.RuleBook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes books of published packs. What was compiled once is kept; a version that is refused leaves
 * the one before in its place, the newest that can be used. Only {@link #prepare} takes long; it
 * may be called while the others are, which are not safe for several threads.
 */
public final class Library {
  /** The pack that comes with the program; a published one of this name takes its place. */
  static final String BASE = "wireguard";

  private final Map<String, Held> held = new ConcurrentSkipListMap<>();
  private final Map<String, CompiledPack> compiled = new ConcurrentHashMap<>();
  private final Map<String, PublishedPack> lastGood = new ConcurrentHashMap<>();
  private final Set<String> given = ConcurrentHashMap.newKeySet();
  private final CompiledPack builtIn = CompiledPack.builtIn();
  private final Map<List<CompiledPack>, RuleBook> books = new HashMap<>();
  private final Refusals refusals;

  private record Held(PublishedPack published, CompiledPack compiled) {}

  /** One that cannot stand beside the others. */
  private record Clashing(PublishedPack pack, BadRules why) {}

  /** Is told of packs that cannot be used. */
  @FunctionalInterface
  public interface Refusals {
    /**
     * A version cannot be used.
     *
     * @param inForce the number of the version that goes on; null when there is none
     * @param why {@link BadRules} when rules are at fault
     */
    void refused(PublishedPack pack, @Nullable Integer inForce, Throwable why);
  }

  public Library(Refusals refusals) {
    this.refusals = refusals;
  }

  /** The same for who knows of no earlier versions. */
  void prepare(Map<String, PublishedPack> heads) {
    prepare(heads, any -> List.of());
  }

  /**
   * Compiles what is not known yet: takes seconds.
   *
   * @param before the versions that applied before one, the newest first: of a version that cannot
   *     be used where none is in use yet, as after a restart, the newest that can goes on
   */
  public void prepare(
      Map<String, PublishedPack> heads, Function<PublishedPack, List<PublishedPack>> before) {
    for (PublishedPack head : heads.values()) {
      Throwable refused = applies(head) && isNew(head) ? compile(head) : null;
      if (refused != null) {
        PublishedPack used = inForce(head.key());
        PublishedPack goesOn = used == null ? lastGood(before.apply(head)) : used;
        refusals.refused(head, goesOn == null ? null : goesOn.number(), refused);
      }
    }
  }

  private boolean isNew(PublishedPack pack) {
    return !compiled.containsKey(pack.versionKey()) && !given.contains(pack.versionKey());
  }

  private @Nullable PublishedPack lastGood(List<PublishedPack> before) {
    for (PublishedPack it : before) {
      if (compiled.containsKey(it.versionKey()) || (isNew(it) && compile(it) == null)) {
        lastGood.put(it.key(), it);
        return it;
      }
    }
    return null;
  }

  /** The same for who knows of no earlier versions. */
  Books of(Map<String, PublishedPack> heads) {
    return of(heads, any -> List.of());
  }

  /**
   * The books of what is prepared and published, as far as it can be used.
   *
   * @param before as above: of a version that cannot stand beside the others, too, the newest that
   *     can goes on. It is compiled now, if it is not in use; that is rare
   */
  public Books of(
      Map<String, PublishedPack> heads, Function<PublishedPack, List<PublishedPack>> before) {
    Map<String, Held> used = new HashMap<>(held);
    held.keySet().removeIf(key -> !applies(heads.get(key)));
    heads.forEach(
        (key, head) -> {
          PublishedPack good = lastGood.remove(key);
          if (applies(head) && !hold(key, head) && good != null && !held.containsKey(key)) {
            hold(key, good);
          }
        });
    Books bound =
        bound(
            it -> {
              Held last = used.get(it.key());
              List<PublishedPack> all = new ArrayList<>(before.apply(it));
              if (last != null && last.published().number() < it.number()) {
                all.add(0, last.published());
              }
              return all;
            });
    Set<String> kept = new HashSet<>();
    held.values().forEach(it -> kept.add(it.published().versionKey()));
    compiled.keySet().retainAll(kept);
    return bound;
  }

  private boolean hold(String key, PublishedPack pack) {
    CompiledPack ready = compiled.get(pack.versionKey());
    if (ready == null || given.contains(pack.versionKey())) {
      return false;
    }
    held.put(key, new Held(pack, ready));
    return true;
  }

  /**
   * The same without a version that does harm.
   *
   * @param key of the pack
   */
  public Books without(String key) {
    Held harmful = held.remove(key);
    if (harmful != null) {
      given.add(harmful.published().versionKey());
    }
    return bound(any -> List.of());
  }

  /** The version that is in use; null when there is none. */
  public @Nullable PublishedPack inForce(String key) {
    Held known = held.get(key);
    return known == null ? null : known.published();
  }

  private static boolean applies(@Nullable PublishedPack head) {
    return head != null && !head.isWithdrawn();
  }

  /** Why it cannot be used; null when it can. */
  private @Nullable Throwable compile(PublishedPack pack) {
    try {
      CompiledPack ready = CompiledPack.compile(pack.pack(), pack.files());
      if (!ready.version().equals(pack.version())) {
        throw new IllegalStateException(
            "its content is that of version " + ready.version() + ": it was changed on its way");
      }
      compiled.put(pack.versionKey(), ready);
      return null;
    } catch (RuntimeException | StackOverflowError refused) {
      given.add(pack.versionKey());
      return refused;
    }
  }

  /** A version that clashes makes room for one before it, until none clashes any more. */
  private Books bound(Function<PublishedPack, List<PublishedPack>> before) {
    Map<String, Clashing> first = new LinkedHashMap<>();
    Map<String, Iterator<PublishedPack>> left = new HashMap<>();
    while (true) {
      List<Clashing> clashing = new ArrayList<>();
      Books bound = bound(clashing);
      if (clashing.isEmpty()) {
        first.values().forEach(it -> refused(it.pack(), it.why()));
        return bound;
      }
      for (Clashing it : clashing) {
        String key = it.pack().key();
        if (first.putIfAbsent(key, it) == null) {
          given.add(it.pack().versionKey());
        }
        held.remove(key);
        next(left.computeIfAbsent(key, any -> before.apply(it.pack()).iterator()))
            .ifPresent(next -> hold(key, next));
      }
    }
  }

  private void refused(PublishedPack pack, BadRules why) {
    PublishedPack goesOn = inForce(pack.key());
    refusals.refused(pack, goesOn == null ? null : goesOn.number(), why);
  }

  private Optional<PublishedPack> next(Iterator<PublishedPack> versions) {
    while (versions.hasNext()) {
      PublishedPack it = versions.next();
      boolean ready = compiled.containsKey(it.versionKey());
      if (!given.contains(it.versionKey()) && (ready || compile(it) == null)) {
        return Optional.of(it);
      }
    }
    return Optional.empty();
  }

  private Books bound(List<Clashing> clashing) {
    Map<List<CompiledPack>, RuleBook> used = new HashMap<>();
    Held other = held.get(BASE);
    List<CompiledPack> order = new ArrayList<>();
    order.add(other == null ? builtIn : other.compiled());
    RuleBook base = used(used, order, () -> RuleBook.of(order.get(0)));
    Map<String, List<Held>> ofTenants = new TreeMap<>();
    List<Held> ofAll = new ArrayList<>();
    held.forEach(
        (key, pack) -> {
          String tenant = pack.published().tenant();
          if (tenant != null) {
            ofTenants.computeIfAbsent(tenant, any -> new ArrayList<>()).add(pack);
          } else if (!key.equals(BASE)) {
            ofAll.add(pack);
          }
        });
    RuleBook all = with(used, base, order, ofAll, clashing);
    List<CompiledPack> orderOfAll = new ArrayList<>(order);
    ofAll.forEach(it -> orderOfAll.add(it.compiled()));
    Map<String, RuleBook> own = new HashMap<>();
    ofTenants.forEach(
        (tenant, packs) -> own.put(tenant, with(used, all, orderOfAll, packs, clashing)));
    books.clear();
    books.putAll(used);
    return new Books(all, own);
  }

  private RuleBook with(
      Map<List<CompiledPack>, RuleBook> used,
      RuleBook base,
      List<CompiledPack> order,
      List<Held> more,
      List<Clashing> clashing) {
    if (more.isEmpty()) {
      return base;
    }
    List<CompiledPack> packs = more.stream().map(Held::compiled).toList();
    List<CompiledPack> all = new ArrayList<>(order);
    all.addAll(packs);
    try {
      return used(used, all, () -> base.and(packs));
    } catch (BadRules clash) {
      more.stream()
          .filter(it -> clash.rest().packs().stream().noneMatch(in(it)))
          .forEach(it -> clashing.add(new Clashing(it.published(), clash)));
      return clash.rest();
    }
  }

  private static Predicate<RuleBook.Pack> in(Held pack) {
    return it ->
        it.name().equals(pack.published().pack())
            && it.version().equals(pack.published().version());
  }

  private RuleBook used(
      Map<List<CompiledPack>, RuleBook> used,
      List<CompiledPack> packs,
      Supplier<RuleBook> otherwise) {
    List<CompiledPack> key = List.copyOf(packs);
    RuleBook known = books.get(key);
    RuleBook book = known == null ? otherwise.get() : known;
    used.put(key, book);
    return book;
  }
}
