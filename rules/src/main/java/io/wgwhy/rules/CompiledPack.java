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
 * A rule pack ready to be loaded.
 *
 * @param classes where its classes are
 * @param files the text of a file, by its name relative to the pack
 */
record CompiledPack(Catalogue catalogue, ClassLoader classes, UnaryOperator<String> files) {
  static final String BUILT_IN = "wireguard";

  /** Where the build leaves a pack's catalogue. */
  static String resource(String pack) {
    return "META-INF/wgwhy/" + pack + ".json";
  }

  /** The pack that the build put on the class path. */
  static CompiledPack builtIn() {
    ClassLoader loader = CompiledPack.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(resource(BUILT_IN))) {
      if (in == null) {
        throw new IllegalStateException(
            resource(BUILT_IN) + " is not on the class path: was the module built by Maven?");
      }
      return new CompiledPack(
          Catalogue.read(in), loader, name -> resource(loader, BUILT_IN + "/" + name));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A pack whose classes were compiled just now. */
  static CompiledPack of(
      Catalogue catalogue, Map<String, byte[]> classes, ClassLoader parent, Path folder) {
    return new CompiledPack(
        catalogue, new InMemory(classes, parent), name -> text(folder.resolve(name)));
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
    private final Map<String, byte[]> classes;

    InMemory(Map<String, byte[]> classes, ClassLoader parent) {
      super(parent);
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
      return defineClass(name, bytes, 0, bytes.length);
    }

    private static String file(String className) {
      return className.replace('.', '/') + ".class";
    }
  }
}
