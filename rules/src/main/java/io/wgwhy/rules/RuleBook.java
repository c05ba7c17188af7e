package io.wgwhy.rules;

import io.wgwhy.facts.finding.Finding;
import io.wgwhy.rules.proof.Prover;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;

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

  private final List<CompiledPack> packs;
  private final Map<String, Cause> causes = new LinkedHashMap<>();
  private final Map<String, CompiledPack> packOfRule = new HashMap<>();
  private final List<RuleHead> rules = new ArrayList<>();
  private final Prover prover;
  private final KieBase kieBase;

  private RuleBook(List<CompiledPack> packs) {
    this.packs = List.copyOf(packs);
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
      causes.put(
          entry.id(),
          new Cause(
              entry.id(),
              placed.pack().catalogue().pack(),
              entry.band(),
              causes.size() + 1,
              FrontMatter.severity(entry.frontMatter()),
              FrontMatter.at(entry.frontMatter()),
              FrontMatter.explains(entry.frontMatter()),
              FrontMatter.page(entry.frontMatter(), entry.text())));
    }
    rules.sort(Comparator.comparing(RuleHead::file).thenComparingInt(RuleHead::line));
    this.prover = new Prover(models);
    this.kieBase = KieBaseBuilder.createKieBaseFromModel(models);
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

  static CompiledPack compiled(Path folder) {
    ClassLoader loader = RuleBook.class.getClassLoader();
    PackCompiler.Output output = PackCompiler.compile(PackFolder.read(folder), loader);
    return CompiledPack.of(output.catalogue(), output.classes(), loader, folder);
  }

  /** Hash of the sources: of the built-in pack alone its own, else one over all packs. */
  public String version() {
    return packs.size() == 1
        ? packs.get(0).catalogue().version()
        : PackVersion.of(
            packs.stream()
                .map(p -> p.catalogue().pack() + "=" + p.catalogue().version())
                .collect(Collectors.toList()));
  }

  /** In the diagnostic order. */
  public List<Cause> causes() {
    return List.copyOf(causes.values());
  }

  /** The cause with this id; null when the book has none. */
  public @Nullable Cause cause(String id) {
    return causes.get(id);
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

  /** The rules of all packs; conclusions are {@link io.wgwhy.facts.tunnel.Conclusion}s. */
  public KieBase kieBase() {
    return kieBase;
  }
}
