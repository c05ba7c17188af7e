package io.wgwhy.cli.publish;

import io.wgwhy.facts.pack.PublishedPack;
import io.wgwhy.rules.BadRules;
import io.wgwhy.rules.CompiledPack;
import io.wgwhy.rules.RuleBook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes books of published packs. What was compiled once is kept; a version that is refused leaves
 * the one before in its place. Only {@link #prepare} takes long; it may be called while the others
 * are, which are not safe for several threads.
 */
public final class Library {
  /** The pack that comes with the program; a published one of this name takes its place. */
  static final String BASE = "wireguard";

  private final Map<String, Held> held = new ConcurrentSkipListMap<>();
  private final Map<String, CompiledPack> compiled = new ConcurrentHashMap<>();
  private final Set<String> given = ConcurrentHashMap.newKeySet();
  private final CompiledPack builtIn = CompiledPack.builtIn();
  private final Map<List<CompiledPack>, RuleBook> books = new HashMap<>();
  private final Refusals refusals;

  private record Held(PublishedPack published, CompiledPack compiled) {}

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

  /** Compiles what is not known yet: takes seconds. */
  public void prepare(Map<String, PublishedPack> heads) {
    heads
        .values()
        .forEach(
            head -> {
              String version = head.versionKey();
              if (applies(head) && !compiled.containsKey(version) && !given.contains(version)) {
                compile(head);
              }
            });
  }

  /** The books of what is prepared and published, as far as it can be used. */
  public Books of(Map<String, PublishedPack> heads) {
    held.keySet().removeIf(key -> !applies(heads.get(key)));
    heads.forEach(
        (key, head) -> {
          CompiledPack ready = compiled.get(head.versionKey());
          if (ready != null && applies(head) && !given.contains(head.versionKey())) {
            held.put(key, new Held(head, ready));
          }
        });
    Set<String> used = new HashSet<>();
    held.values().forEach(it -> used.add(it.published().versionKey()));
    compiled.keySet().retainAll(used);
    return bound();
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
    return bound();
  }

  /** The version that is in use; null when there is none. */
  public @Nullable PublishedPack inForce(String key) {
    Held known = held.get(key);
    return known == null ? null : known.published();
  }

  private static boolean applies(@Nullable PublishedPack head) {
    return head != null && !head.isWithdrawn();
  }

  private void compile(PublishedPack head) {
    try {
      CompiledPack ready = CompiledPack.compile(head.pack(), head.files());
      if (!ready.version().equals(head.version())) {
        throw new IllegalStateException(
            "its content is that of version " + ready.version() + ": it was changed on its way");
      }
      compiled.put(head.versionKey(), ready);
    } catch (RuntimeException | StackOverflowError refused) {
      given.add(head.versionKey());
      PublishedPack before = inForce(head.key());
      refusals.refused(head, before == null ? null : before.number(), refused);
    }
  }

  private Books bound() {
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
    RuleBook all = with(used, base, order, ofAll);
    List<CompiledPack> orderOfAll = new ArrayList<>(order);
    ofAll.forEach(it -> orderOfAll.add(it.compiled()));
    Map<String, RuleBook> own = new HashMap<>();
    ofTenants.forEach((tenant, packs) -> own.put(tenant, with(used, all, orderOfAll, packs)));
    books.clear();
    books.putAll(used);
    return new Books(all, own);
  }

  private RuleBook with(
      Map<List<CompiledPack>, RuleBook> used,
      RuleBook base,
      List<CompiledPack> order,
      List<Held> more) {
    if (more.isEmpty()) {
      return base;
    }
    List<CompiledPack> packs = more.stream().map(Held::compiled).toList();
    List<CompiledPack> all = new ArrayList<>(order);
    all.addAll(packs);
    return used(
        used,
        all,
        () -> {
          try {
            return base.and(packs);
          } catch (BadRules clash) {
            more.stream()
                .filter(it -> clash.rest().packs().stream().noneMatch(in(it)))
                .filter(it -> given.add(it.published().versionKey()))
                .forEach(it -> refusals.refused(it.published(), null, clash));
            return clash.rest();
          }
        });
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
