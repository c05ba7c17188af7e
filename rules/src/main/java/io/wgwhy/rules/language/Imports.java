package io.wgwhy.rules.language;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the names with capital letters in a file stand for. */
final class Imports {
  private static final List<String> PACKAGES = List.of("io.wgwhy.facts.tunnel", "io.wgwhy.facts");

  private final Set<String> classes = new LinkedHashSet<>();

  /**
   * Takes an import.
   *
   * @return what is wrong with it; null when nothing is
   */
  @Nullable String add(String target) {
    if (target.endsWith(".*") && PACKAGES.contains(target.substring(0, target.length() - 2))) {
      return null;
    }
    Class<?> type = nested(target);
    if (type == null || !Vocabulary.isOurs(type)) {
      return "no imports but the vocabulary's: io.wgwhy.facts.* and io.wgwhy.facts.tunnel.*, or a"
          + " class in them";
    }
    classes.add(type.getName());
    return null;
  }

  /** {@code io.wgwhy.facts.tunnel.Trend.Condition} as Java writes it: with a dollar sign. */
  private static @Nullable Class<?> nested(String written) {
    String name = written;
    while (true) {
      Class<?> found = Vocabulary.load(name);
      int dot = name.lastIndexOf('.');
      if (found != null || dot < 0) {
        return found;
      }
      name = name.substring(0, dot) + "$" + name.substring(dot + 1);
    }
  }

  /**
   * The type of a constant.
   *
   * @param path {@code Answer.YES}, {@code Symptom.Kind.NO_HANDSHAKE}
   * @param wrong gets a sentence when there is none
   */
  @Nullable Class<?> constant(List<String> path, Consumer<String> wrong) {
    String last = path.get(path.size() - 1);
    String owner = String.join(".", path.subList(0, path.size() - 1));
    Class<?> type = owner.isEmpty() ? null : type(path.subList(0, path.size() - 1));
    if (type == null || !Vocabulary.isOurs(type)) {
      wrong.accept("no such class in the vocabulary: " + (owner.isEmpty() ? last : owner));
      return null;
    }
    Set<String> known = new TreeSet<>();
    if (type.isEnum()) {
      Arrays.stream(type.getEnumConstants()).forEach(it -> known.add(((Enum<?>) it).name()));
      if (known.contains(last)) {
        return type;
      }
    }
    for (var field : type.getFields()) {
      int modifiers = field.getModifiers();
      if (java.lang.reflect.Modifier.isStatic(modifiers)) {
        known.add(field.getName());
        if (field.getName().equals(last)) {
          return field.getType();
        }
      }
    }
    String mean = Spelling.didYouMean(last, known);
    wrong.accept(
        owner
            + " has no "
            + last
            + (mean.isEmpty() ? ". It has " + String.join(", ", known) : mean));
    return null;
  }

  private @Nullable Class<?> type(List<String> path) {
    String suffix = String.join("$", path);
    for (String imported : classes) {
      if (imported.endsWith("$" + path.get(0)) || imported.endsWith("." + path.get(0))) {
        String rest = String.join("$", path.subList(1, path.size()));
        return Vocabulary.load(rest.isEmpty() ? imported : imported + "$" + rest);
      }
    }
    for (String home : PACKAGES) {
      Class<?> found = Vocabulary.load(home + "." + suffix);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
