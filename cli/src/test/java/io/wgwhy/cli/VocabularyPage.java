package io.wgwhy.cli;

import io.wgwhy.facts.Fact;
import io.wgwhy.rules.language.Vocabulary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What rules can ask for, as a page: made of the facts' own Javadoc. */
final class VocabularyPage {
  private static final Path SOURCES = Path.of("..", "facts", "src", "main", "java");
  private static final int LONGEST = 60;

  private final Function<String, String> example;
  private final StringBuilder page = new StringBuilder();
  private final Set<Class<?>> parts = new LinkedHashSet<>();
  private final Set<Class<?>> words = new LinkedHashSet<>();

  private VocabularyPage(Function<String, String> example) {
    this.example = example;
  }

  /**
   * The page.
   *
   * @param example the example of {@code Kind.property}; "–" when nothing showed one
   */
  static String of(Function<String, String> example) {
    VocabularyPage page = new VocabularyPage(example);
    page.line("# What rules can ask for");
    page.line("");
    page.line(
        "Made of the facts' own documentation by `VocabularyTest` (`-Drefresh=true`, which also");
    page.line("looks for the examples: values that were really seen in the recordings).");
    page.line("");
    page.line(
        "Null and `UNKNOWN` mean that it is not known: a condition on it then does not hold.");
    page.line("Ask `== Answer.YES` or `== Answer.NO`; `!= Answer.YES` means no, or not known.");
    page.line("");
    Vocabulary.known().kinds().values().forEach(it -> page.kind(it, 2));
    page.line("## Parts");
    page.line("");
    page.line("What properties are made of: `initiator.endpoint.port`, `arrived.count`.");
    page.line("");
    List<Class<?>> told = new ArrayList<>();
    while (told.size() < page.parts.size()) {
      List<Class<?>> next = new ArrayList<>(page.parts);
      next.removeAll(told);
      next.forEach(it -> page.kind(it, 3));
      told.addAll(next);
    }
    page.line("## Words");
    page.line("");
    page.words.forEach(page::words);
    return page.page.toString();
  }

  private void kind(Class<?> kind, int level) {
    String source = source(kind);
    line("#".repeat(level) + " " + kind.getSimpleName());
    line("");
    String doc = doc(source, kind);
    line(text(doc.split("@param")[0]));
    line("");
    line("| property | type | what it says | seen |");
    line("| --- | --- | --- | --- |");
    Map<String, String> says = params(doc);
    for (RecordComponent it : kind.getRecordComponents()) {
      String seen = example.apply(kind.getSimpleName() + "." + it.getName());
      line(
          "| `%s` | %s | %s | %s |"
              .formatted(
                  it.getName(),
                  type(it.getType()),
                  says.getOrDefault(it.getName(), usual(it.getName())),
                  seen.equals("–") ? seen : "`" + seen + "`"));
    }
    line("");
  }

  private static String usual(String property) {
    return switch (property) {
      case "tunnel" -> "the tunnel's id";
      case "host" -> "the host";
      case "at" -> "when it was seen, ms since the epoch";
      default -> "";
    };
  }

  private String type(Class<?> type) {
    if (type.isEnum()) {
      words.add(type);
      return "[" + name(type) + "](#" + anchor(type) + ")";
    }
    if (type.isRecord()) {
      parts.add(type);
      return "[" + type.getSimpleName() + "](#" + anchor(type) + ")";
    }
    return Collection.class.isAssignableFrom(type)
        ? "list"
        : switch (type.getSimpleName()) {
          case "String" -> "text";
          case "boolean", "Boolean" -> "true or false";
          default -> "number";
        };
  }

  private void words(Class<?> type) {
    line("### " + name(type));
    line("");
    String source = source(type);
    for (Object it : type.getEnumConstants()) {
      String word = ((Enum<?>) it).name();
      Matcher doc =
          Pattern.compile(
                  "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*" + word + "\\b",
                  Pattern.DOTALL)
              .matcher(source);
      line("* `" + word + "`" + (doc.find() ? ": " + text(doc.group(1)) : ""));
    }
    line("");
  }

  private static String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return (outer == null ? "" : outer.getSimpleName() + ".") + type.getSimpleName();
  }

  private static String anchor(Class<?> type) {
    return name(type).toLowerCase(java.util.Locale.ROOT).replace(".", "");
  }

  private static String source(Class<?> type) {
    Class<?> top = type;
    while (top.getEnclosingClass() != null) {
      top = top.getEnclosingClass();
    }
    try {
      return Files.readString(SOURCES.resolve(top.getName().replace('.', '/') + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String doc(String source, Class<?> kind) {
    Matcher doc =
        Pattern.compile(
                "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*(?:public )?record "
                    + kind.getSimpleName()
                    + "\\b",
                Pattern.DOTALL)
            .matcher(source);
    return doc.find() ? doc.group(1).replaceAll("(?m)^\\s*\\*", "") : "";
  }

  private static Map<String, String> params(String doc) {
    Map<String, String> all = new LinkedHashMap<>();
    Arrays.stream(doc.split("@param "))
        .skip(1)
        .forEach(
            it -> {
              String[] words = it.strip().split("\\s+", 2);
              all.put(words[0], words.length > 1 ? text(words[1]) : "");
            });
    return all;
  }

  private static String text(String javadoc) {
    return javadoc
        .replaceAll("(?m)^\\s*\\*", "")
        .replaceAll("\\{@(?:code|link|literal)\\s+([^}]*)\\}", "`$1`")
        .replaceAll("</?p>", "")
        .replaceAll("\\s+", " ")
        .replace("|", "\\|")
        .strip();
  }

  /** The first value of each property that says something. */
  static void examples(Object fact, Map<String, String> to) {
    for (RecordComponent it : fact.getClass().getRecordComponents()) {
      try {
        Object value = it.getAccessor().invoke(fact);
        String key = fact.getClass().getSimpleName() + "." + it.getName();
        if (value instanceof Record part && !(part instanceof Fact)) {
          examples(part, to);
        }
        if (value != null && !shown(value).isBlank() && !shown(value).equals("UNKNOWN")) {
          to.putIfAbsent(key, shown(value));
        }
      } catch (ReflectiveOperationException unreadable) {
        throw new IllegalStateException(unreadable);
      }
    }
  }

  private static String shown(Object value) {
    String text =
        value instanceof Record
            ? ""
            : value instanceof Collection<?> many
                ? many.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : String.valueOf(value);
    String line = text.replaceAll("\\s+", " ").replace("|", "/").replace("`", "'");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
