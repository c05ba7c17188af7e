package io.wgwhy.rules.language;

import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgConfig;
import io.wgwhy.facts.tunnel.Tunnel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The facts and judgements that rules ask for, and their properties. */
public final class Vocabulary {
  private static final String FACTS = Fact.class.getPackageName();
  private static final String JUDGEMENTS = Tunnel.class.getPackageName();

  /** What of a host rules are asked about as it is; all else is judged first. */
  private static final List<Class<?>> AS_THEY_ARE =
      List.of(BringUp.class, CommandFailure.class, WgConfig.class);

  private static final Vocabulary KNOWN = new Vocabulary();

  private final SortedMap<String, Class<?>> kinds = new TreeMap<>();

  private Vocabulary() {
    AS_THEY_ARE.forEach(it -> kinds.put(it.getSimpleName(), it));
    for (String name : namesIn(JUDGEMENTS)) {
      Class<?> kind = load(JUDGEMENTS + "." + name);
      if (kind != null && kind.isRecord() && has(kind, "tunnel")) {
        kinds.put(name, kind);
      }
    }
    kinds.put(Tunnel.class.getSimpleName(), Tunnel.class);
  }

  /** The one that there is. */
  public static Vocabulary known() {
    return KNOWN;
  }

  /** What rules can ask for, by name. */
  public SortedMap<String, Class<?>> kinds() {
    return Collections.unmodifiableSortedMap(kinds);
  }

  /** What a pattern names; null when rules cannot ask for that. */
  @Nullable Class<?> kind(String name) {
    return kinds.get(name);
  }

  /** Whether a class belongs to the facts' module, so that a rule may read it. */
  static boolean isOurs(Class<?> type) {
    String home = type.getPackageName();
    return home.equals(FACTS) || home.equals(JUDGEMENTS);
  }

  /** The properties of a kind and their types, in the order in which they are written. */
  public static Map<String, Class<?>> properties(Class<?> kind) {
    Map<String, Class<?>> all = new LinkedHashMap<>();
    if (!kind.isRecord() || !isOurs(kind)) {
      return all;
    }
    for (RecordComponent component : kind.getRecordComponents()) {
      all.put(component.getName(), component.getType());
    }
    for (Method method : kind.getDeclaredMethods()) {
      boolean derived =
          Modifier.isPublic(method.getModifiers())
              && !Modifier.isStatic(method.getModifiers())
              && method.getParameterCount() == 0
              && !List.of("toString", "hashCode", "equals").contains(method.getName())
              && method.getReturnType() != void.class;
      if (derived) {
        all.putIfAbsent(method.getName(), method.getReturnType());
      }
    }
    return all;
  }

  /** Whether a property may be null: it is not known then, or there is none. */
  static boolean isNullable(Class<?> kind, String property) {
    try {
      return kind.getMethod(property).getAnnotatedReturnType().isAnnotationPresent(Nullable.class);
    } catch (NoSuchMethodException none) {
      return true;
    }
  }

  private static boolean has(Class<?> kind, String property) {
    return properties(kind).containsKey(property);
  }

  /** The class, when it is of the facts; null when there is none. */
  static @Nullable Class<?> load(String name) {
    if (!name.startsWith(FACTS + ".")) {
      return null;
    }
    try {
      return Class.forName(name, false, Vocabulary.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError none) {
      return null;
    }
  }

  private static List<String> namesIn(String home) {
    CodeSource source = Tunnel.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IllegalStateException("nobody knows where the facts come from");
    }
    try {
      Path place = Path.of(source.getLocation().toURI());
      String folder = home.replace('.', '/');
      if (Files.isDirectory(place)) {
        return names(place.resolve(folder));
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return names(jar.getPath(folder));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(it -> String.valueOf(it.getFileName()))
          .filter(it -> it.endsWith(".class") && !it.contains("$") && !it.contains("-"))
          .map(it -> it.substring(0, it.length() - ".class".length()))
          .sorted()
          .forEach(names::add);
    }
    return names;
  }
}
