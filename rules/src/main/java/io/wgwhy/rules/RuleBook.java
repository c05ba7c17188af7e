package io.wgwhy.rules;

import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.proof.Prover;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;

/**
 * All that is known of causes: their rules, compiled, and their pages, in the diagnostic order.
 * Immutable; sessions of many threads may share one.
 */
public final class RuleBook {
  /**
   * A rule pack of the book.
   *
   * @param version hash of its rules and pages
   */
  public record Pack(String name, String version) {}

  /**
   * The files of a cause.
   *
   * @param folder relative to the pack, with a slash at its end
   * @param cases by the names of their files
   */
  public record CauseFiles(String folder, String rules, String page, Map<String, String> cases) {}

  private static final Overlay.Change UNCHANGED = new Overlay.Change(false, null, false, "");

  private final List<CompiledPack> packs;
  private final Map<String, Cause> causes = new LinkedHashMap<>();
  private final Map<String, CompiledPack> packOfRule = new HashMap<>();
  private final List<RuleHead> rules = new ArrayList<>();
  private final String version;
  private final boolean isMetered;
  private final Prover prover;
  private final EmptySessions sessions;

  private RuleBook(List<CompiledPack> packs) {
    this(packs, null);
  }

  /**
   * @param like one of the same rules, to share what is made of them; null when there is none
   */
  private RuleBook(List<CompiledPack> packs, @Nullable RuleBook like) {
    this.packs = List.copyOf(packs);
    this.version = version(packs);
    this.isMetered = packs.stream().anyMatch(CompiledPack::isMetered);
    Map<String, Overlay.Change> changes = new HashMap<>();
    packs.forEach(it -> changes.putAll(it.overlay().changes()));
    record Placed(CompiledPack pack, Catalogue.Entry entry) {}
    List<Placed> order = new ArrayList<>();
    List<Model> models = new ArrayList<>();
    for (CompiledPack pack : packs) {
      pack.catalogue().causes().forEach(entry -> order.add(new Placed(pack, entry)));
      for (RuleHead rule : pack.catalogue().rules()) {
        packOfRule.put(rule.name(), pack);
        rules.add(rule);
      }
      models.addAll(pack.models());
    }
    order.sort(
        Comparator.comparingInt((Placed p) -> PackFolder.bandNumber(p.entry().band()))
            .thenComparingInt(p -> FrontMatter.place(p.entry().frontMatter()))
            .thenComparing(p -> p.entry().id()));
    for (Placed placed : order) {
      Catalogue.Entry entry = placed.entry();
      Overlay.Change change = changes.getOrDefault(entry.id(), UNCHANGED);
      causes.put(
          entry.id(),
          new Cause(
              entry.id(),
              placed.pack().catalogue().pack(),
              entry.band(),
              causes.size() + 1,
              change.severity() == null
                  ? FrontMatter.severity(entry.frontMatter())
                  : change.severity(),
              FrontMatter.at(entry.frontMatter()),
              FrontMatter.explains(entry.frontMatter()),
              FrontMatter.page(entry.frontMatter(), entry.text()),
              change.neverConfirmed(),
              change.disabled() ? change.reason() : null));
    }
    rules.sort(Comparator.comparing(RuleHead::file).thenComparingInt(RuleHead::line));
    this.prover = like == null ? new Prover(models) : like.prover;
    this.sessions =
        like == null
            ? new EmptySessions(KieBaseBuilder.createKieBaseFromModel(models))
            : like.sessions;
  }

  /** The book of the built-in pack alone. Compiled by the build: nothing is parsed here. */
  public static RuleBook builtIn() {
    return new RuleBook(List.of(CompiledPack.builtIn()));
  }

  /**
   * The built-in pack and others, compiled now. That takes seconds: keep it off the way of data.
   *
   * @param folders of the other packs
   * @throws BadRules with all that is wrong with them, and the book without those that are
   */
  public static RuleBook with(Path... folders) {
    return with(CompiledPack.builtIn(), List.of(folders));
  }

  /**
   * The book of one pack alone, compiled now: for its author, who tries out what is not built in.
   *
   * @throws BadRules with all that is wrong with it
   */
  public static RuleBook only(Path folder) {
    return new RuleBook(List.of(compiled(folder)));
  }

  /** The book of one pack, compiled already. */
  public static RuleBook of(CompiledPack base) {
    return new RuleBook(List.of(base));
  }

  /**
   * This book with other packs behind its own.
   *
   * @throws BadRules when some of them cannot stand beside the others; and the book without those
   */
  public RuleBook and(List<CompiledPack> more) {
    List<CompiledPack> accepted = new ArrayList<>(packs);
    List<RuleProblem> problems = new ArrayList<>();
    for (CompiledPack pack : more) {
      List<RuleProblem> clashes = Clashes.between(accepted, pack, Path.of(pack.name()));
      if (clashes.isEmpty()) {
        accepted.add(pack);
      }
      problems.addAll(clashes);
    }
    boolean sameRules = more.stream().allMatch(it -> it.catalogue().rules().isEmpty());
    RuleBook book = new RuleBook(accepted, sameRules ? this : null);
    if (!problems.isEmpty()) {
      throw new BadRules(problems, book);
    }
    return book;
  }

  static RuleBook with(CompiledPack base, List<Path> folders) {
    List<CompiledPack> accepted = new ArrayList<>(List.of(base));
    List<RuleProblem> problems = new ArrayList<>();
    for (Path folder : folders) {
      try {
        CompiledPack pack = compiled(folder);
        List<RuleProblem> clashes = Clashes.between(accepted, pack, folder);
        if (clashes.isEmpty()) {
          accepted.add(pack);
        }
        problems.addAll(clashes);
        problems.addAll(unknown(accepted, pack, folder));
      } catch (BadRules refused) {
        problems.addAll(refused.problems());
      }
    }
    RuleBook book = new RuleBook(accepted);
    if (!problems.isEmpty()) {
      throw new BadRules(problems, book);
    }
    return book;
  }

  private static List<RuleProblem> unknown(
      List<CompiledPack> accepted, CompiledPack pack, Path folder) {
    Set<String> causes = new HashSet<>();
    accepted.forEach(it -> it.catalogue().causes().forEach(cause -> causes.add(cause.id())));
    return pack.overlay().unknown(folder.resolve(Overlay.FILE).toString(), causes);
  }

  static CompiledPack compiled(Path folder) {
    return CompiledPack.compile(folder);
  }

  /** Hash of the sources: of the built-in pack alone its own, else one over all packs. */
  public String version() {
    return version;
  }

  private static String version(List<CompiledPack> packs) {
    return packs.size() == 1
        ? packs.get(0).version()
        : PackVersion.of(
            packs.stream().map(it -> it.name() + "=" + it.version()).collect(Collectors.toList()));
  }

  /** In the diagnostic order. */
  public List<Cause> causes() {
    return List.copyOf(causes.values());
  }

  /** The cause with this id; null when the book has none. */
  public @Nullable Cause cause(String id) {
    return causes.get(id);
  }

  /** What overlays want changed of causes that the book has not got. */
  public List<RuleProblem> unknownCauses() {
    return packs.stream()
        .flatMap(
            it -> it.overlay().unknown(it.name() + "/" + Overlay.FILE, causes.keySet()).stream())
        .toList();
  }

  /** The packs that it is made of, the built-in one first. */
  public List<Pack> packs() {
    return packs.stream()
        .map(it -> it.catalogue())
        .map(it -> new Pack(it.pack(), it.version()))
        .toList();
  }

  /**
   * What lies in a cause's folder, as its author wrote it.
   *
   * @throws IllegalArgumentException when the book has no such cause
   */
  public CauseFiles files(String id) {
    for (CompiledPack pack : packs) {
      for (Catalogue.Entry entry : pack.catalogue().causes()) {
        if (entry.id().equals(id)) {
          String folder = entry.band() + "/" + id + "/";
          Map<String, String> cases = new TreeMap<>();
          entry.cases().forEach(name -> cases.put(name, pack.files().apply(folder + name)));
          return new CauseFiles(
              folder,
              pack.files().apply(folder + id + ".drl"),
              pack.files().apply(folder + id + ".md"),
              Collections.unmodifiableMap(cases));
        }
      }
    }
    throw new IllegalArgumentException("there is no cause " + id);
  }

  /** How a finding names the rule that concluded; null when the book has no such rule. */
  public Finding.@Nullable RuleReference reference(String rule) {
    CompiledPack pack = packOfRule.get(rule);
    return pack == null
        ? null
        : new Finding.RuleReference(pack.catalogue().pack(), pack.catalogue().version(), rule);
  }

  /** All rules, in the order of their files. */
  public List<RuleHead> rules() {
    return List.copyOf(rules);
  }

  /** Says why a rule holds, or what keeps it from holding. */
  public Prover prover() {
    return prover;
  }

  /**
   * Lets the rules of a session fire until nothing is left to say; those of packs that are not
   * built in within limits.
   *
   * @param session of this book
   * @param tunnels how many have changed since the last time
   * @throws Firing.Restless when that does not end; the session is not to be used again
   * @throws Fuel.Spent when a pack takes too much, or with that as its cause; the same
   */
  public void fire(KieSession session, int tunnels) {
    if (isMetered) {
      Fuel.limited(tunnels, () -> Firing.untilRest(session));
    } else {
      Firing.untilRest(session);
    }
  }

  /** The rules of all packs; conclusions are {@link io.wgwhy.facts.tunnel.Conclusion}s. */
  public KieBase kieBase() {
    return sessions.kieBase();
  }

  /** A Drools session of these rules that nothing is in, for one thread at a time. */
  public KieSession lend() {
    return sessions.lend();
  }

  /**
   * Takes a session back that was lent, for others. The borrower has taken out all that it put in,
   * let the rules {@link #fire} once more, and listens no longer; a session in which anything is
   * left is disposed of, so that nobody ever sees what is another's.
   */
  public void giveBack(KieSession session) {
    sessions.giveBack(session);
  }
}
