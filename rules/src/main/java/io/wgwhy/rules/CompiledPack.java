package io.wgwhy.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.drools.model.Model;

/**
 * A rule pack ready to be loaded into a {@link RuleBook}. Immutable; books may share one.
 *
 * @param classes where its classes are
 * @param files the text of a file, by its name relative to the pack
 * @param overlay what it changes of other packs' causes
 */
public record CompiledPack(
    Catalogue catalogue, ClassLoader classes, UnaryOperator<String> files, Overlay overlay) {
  static final String BUILT_IN = "wireguard";

  /** Where the build leaves a pack's catalogue. */
  static String resource(String pack) {
    return "META-INF/wgwhy/" + pack + ".json";
  }

  /** The pack that the build put on the class path. */
  public static CompiledPack builtIn() {
    ClassLoader loader = CompiledPack.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(resource(BUILT_IN))) {
      if (in == null) {
        throw new IllegalStateException(
            resource(BUILT_IN) + " is not on the class path: was the module built by Maven?");
      }
      return new CompiledPack(
          Catalogue.read(in),
          loader,
          name -> resource(loader, BUILT_IN + "/" + name),
          Overlay.NONE);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Compiles the pack in a folder. That takes seconds: keep it off the way of data.
   *
   * @throws BadRules with all that is wrong with it
   */
  public static CompiledPack compile(Path folder) {
    return compile(folder, name -> text(folder.resolve(name)));
  }

  /**
   * Compiles a pack that lies nowhere.
   *
   * @param name of the pack
   * @param texts of its files, by their names relative to the pack
   * @throws BadRules with all that is wrong with it
   */
  public static CompiledPack compile(String name, Map<String, String> texts) {
    try (UnpackedPack unpacked = UnpackedPack.of(name, texts)) {
      return compile(unpacked.folder(), file -> texts.getOrDefault(file, ""));
    } catch (BadRules refused) {
      throw refused.toldFrom(name);
    }
  }

  private static CompiledPack compile(Path folder, UnaryOperator<String> files) {
    ClassLoader loader = CompiledPack.class.getClassLoader();
    PackFolder pack = PackFolder.read(folder);
    PackCompiler.Output output = PackCompiler.compile(pack, loader);
    var classes = new InMemory(pack.name(), output.classes(), loader);
    return new CompiledPack(output.catalogue(), classes, files, pack.overlay());
  }

  /** Its name. */
  public String name() {
    return catalogue.pack();
  }

  /** The hash of all that it says, as findings name it. */
  public String version() {
    return catalogue.version();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String resource(ClassLoader loader, String name) {
    try (InputStream in = loader.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Whether it came later than the program, and is kept within limits. */
  boolean isMetered() {
    return classes instanceof InMemory;
  }

  List<Model> models() {
    List<Model> models = new ArrayList<>();
    for (String name : catalogue.models()) {
      try {
        models.add(
            Class.forName(name, true, classes)
                .asSubclass(Model.class)
                .getDeclaredConstructor()
                .newInstance());
      } catch (ReflectiveOperationException broken) {
        throw new IllegalStateException("cannot load " + name, broken);
      }
    }
    return models;
  }

  /**
   * Own classes first: a model's class is named after its package and pack, not its content, so
   * that a newer version of a pack would otherwise get the classes of the old.
   */
  private static final class InMemory extends ClassLoader {
    private final String pack;
    private final Map<String, byte[]> classes;

    InMemory(String pack, Map<String, byte[]> classes, ClassLoader parent) {
      super(parent);
      this.pack = pack;
      this.classes = classes;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!classes.containsKey(file(name))) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : findClass(name);
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(file(name));
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] metered = Metering.metered(bytes, pack);
      return defineClass(name, metered, 0, metered.length);
    }

    private static String file(String className) {
      return className.replace('.', '/') + ".class";
    }
  }
}
