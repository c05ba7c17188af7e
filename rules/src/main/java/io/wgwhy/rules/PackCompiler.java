package io.wgwhy.rules;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.compiler.kie.builder.impl.KieBuilderImpl;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieServices;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.model.KieModuleModel;

/** Makes classes of a pack's rules: at build time for the built-in pack, at run time for others. */
final class PackCompiler {
  /**
   * What the compiler made of a pack.
   *
   * @param classes by file name, as in a jar
   */
  record Output(Catalogue catalogue, Map<String, byte[]> classes) {}

  private PackCompiler() {}

  /**
   * Compiles the pack in a folder.
   *
   * @throws BadRules with all that is wrong with it
   */
  static Output compile(PackFolder pack, ClassLoader loader) {
    List<RuleHead> rules = RuleLint.demandSound(pack);
    Map<String, String> sources = sources(pack);
    if (sources.isEmpty()) { // an overlay alone
      return new Output(catalogue(pack, List.of(), rules), Map.of());
    }
    Function<Map<String, String>, List<String>> errors = drl -> errors(pack, drl, loader);
    KieBuilderImpl builder;
    try {
      builder = build(pack.name(), sources, loader);
    } catch (RuntimeException thrown) { // as the compiler does for some mistakes
      throw new BadRules(ErrorSearch.among(sources.keySet(), pack, sources, errors));
    }
    List<Message> wrong = builder.getResults().getMessages(Message.Level.ERROR);
    if (!wrong.isEmpty()) {
      Set<String> files = wrong.stream().map(Message::getPath).collect(Collectors.toSet());
      boolean named = sources.keySet().containsAll(files);
      throw new BadRules(
          ErrorSearch.among(named ? files : sources.keySet(), pack, sources, errors));
    }
    InternalKieModule module = (InternalKieModule) builder.getKieModuleIgnoringErrors();
    Map<String, byte[]> classes = new TreeMap<>();
    List<String> models = new ArrayList<>();
    for (String file : module.getFileNames()) {
      if (file.endsWith(".class") && !file.startsWith("org/drools/")) {
        classes.put(file, module.getBytes(file));
      } else if (file.endsWith("drools-model")) {
        new String(module.getBytes(file), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains(".Rules"))
            .forEach(models::add);
      }
    }
    models.sort(null);
    return new Output(catalogue(pack, models, rules), classes);
  }

  private static List<String> errors(
      PackFolder pack, Map<String, String> sources, ClassLoader loader) {
    try {
      return build(pack.name(), sources, loader)
          .getResults()
          .getMessages(Message.Level.ERROR)
          .stream()
          .map(Message::getText)
          .toList();
    } catch (RuntimeException thrown) {
      return List.of("cannot be compiled: " + thrown);
    }
  }

  /** The rules with the diagnostic order written into them, by file name. */
  private static Map<String, String> sources(PackFolder pack) {
    Map<String, String> sources = new TreeMap<>();
    for (PackFolder.DrlFile file : pack.vocabulary()) {
      sources.put(file.name(), Salience.written(Salience.VOCABULARY, file.text()));
    }
    for (PackFolder.CauseFolder cause : pack.causes()) {
      PackFolder.DrlFile file = cause.rules();
      if (file != null) {
        sources.put(file.name(), Salience.written(cause.salience(), file.text()));
      }
    }
    return sources;
  }

  private static KieBuilderImpl build(
      String pack, Map<String, String> sources, ClassLoader loader) {
    KieServices services = KieServices.get();
    KieFileSystem files = services.newKieFileSystem();
    files.generateAndWritePomXML(services.newReleaseId("io.wgwhy.pack", pack, "1"));
    sources.forEach((name, drl) -> files.write("src/main/resources/" + name, drl));
    KieModuleModel module = services.newKieModuleModel();
    module.setConfigurationProperty("drools.lang.level", "DRL10");
    // Facts are immutable: an update brings a new record, all of which may have changed.
    module.setConfigurationProperty("drools.propertySpecific", "DISABLED");
    module.newKieBaseModel("pack").setDefault(true).addPackage("*");
    KieBuilderImpl builder = (KieBuilderImpl) services.newKieBuilder(files, loader);
    builder.withKModuleModel(module); // a kmodule.xml would need drools-xml-support to be read
    builder.buildAll(ExecutableModelProject.class);
    return builder;
  }

  private static Catalogue catalogue(PackFolder pack, List<String> models, List<RuleHead> rules) {
    return new Catalogue(
        pack.name(),
        pack.version(),
        models,
        rules,
        pack.causes().stream()
            .map(c -> new Catalogue.Entry(c.id(), c.band(), c.frontMatter(), c.page(), c.cases()))
            .toList());
  }
}
