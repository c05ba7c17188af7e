package io.wgwhy.rules;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.wgwhy.facts.finding.Severity;
import io.wgwhy.facts.tunnel.Symptom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a remedy page: YAML between two lines of {@code ---}, then Markdown. */
final class PageReader {
  /**
   * A page as read; {@code frontMatter} is missing when it could not be.
   *
   * @param text what follows the front matter
   */
  record Read(JsonNode frontMatter, String text) {}

  /** What stands for a page that is not there. */
  static final Read NONE = new Read(MissingNode.getInstance(), "");

  private static final List<String> HEADINGS =
      List.of("Meaning", "Impact", "Diagnosis", "Mitigation", "Sources");
  private static final Set<String> KEYS =
      Set.of(
          "place",
          "title",
          "severity",
          "at",
          "explains",
          "summary",
          "look",
          "steps",
          "verify",
          "risk");
  private static final Pattern PAGE =
      Pattern.compile("---\\R(.*?\\R)---[ \\t]*(?:\\R(.*))?", Pattern.DOTALL);

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String file;
  private final List<String> lines;
  private final Consumer<RuleProblem> problems;

  private PageReader(String file, String source, Consumer<RuleProblem> problems) {
    this.file = file;
    this.lines = source.lines().toList();
    this.problems = problems;
  }

  static Read read(String file, String source, Consumer<RuleProblem> problems) {
    return new PageReader(file, source, problems).read(source);
  }

  private Read read(String source) {
    Matcher page = PAGE.matcher(source);
    if (!page.matches()) {
      problem(1, "begin the page with its front matter: YAML between two lines of ---");
      return new Read(MissingNode.getInstance(), source);
    }
    String text = page.group(2) == null ? "" : page.group(2);
    checkText(text);
    try {
      JsonNode frontMatter = YAML.readTree(page.group(1));
      check(frontMatter);
      return new Read(frontMatter, text);
    } catch (JsonProcessingException unreadable) {
      int line = unreadable.getLocation() == null ? 0 : unreadable.getLocation().getLineNr();
      String reason = // without the excerpts
          unreadable
              .getOriginalMessage()
              .lines()
              .filter(l -> !l.startsWith(" "))
              .collect(joining(", "));
      problem(line + 1, "the front matter is no YAML: " + reason);
      return new Read(MissingNode.getInstance(), text);
    }
  }

  private void check(JsonNode page) {
    if (!page.isObject()) {
      problem(1, "write the front matter as `key: value` lines");
      return;
    }
    known(page, KEYS, "");
    sentence(page, "title", "");
    sentence(page, "summary", "");
    oneOf(page.path("severity").asText(), "severity", words(Severity.values()));
    oneOf(page.path("at").asText("tunnel"), "at", words(Cause.At.values()));
    if (page.path("explains").isEmpty() && !page.has("risk")) {
      problem(
          line("explains"),
          "explains: name the symptoms it can bring about, as a list; none only of a risk");
    }
    if (page.has("risk")) {
      known(page.get("risk"), Set.of("title", "summary"), "risk: ");
      sentence(page.get("risk"), "title", "risk: ");
      sentence(page.get("risk"), "summary", "risk: ");
    }
    Set<String> symptoms =
        Arrays.stream(Symptom.Kind.values())
            .map(Symptom.Kind::word)
            .collect(Collectors.toCollection(TreeSet::new));
    page.path("explains").forEach(word -> oneOf(word.asText(), "explains", symptoms));
    JsonNode place = page.path("place");
    if (!place.isMissingNode()
        && !(place.isInt() && place.intValue() >= 0 && place.intValue() < Salience.PLACES)) {
      problem(line("place"), "place: a number from 0 to " + (Salience.PLACES - 1));
    }
    commands(page);
  }

  private void commands(JsonNode page) {
    if (page.has("look")) {
      command(page.get("look"), "look", Set.of("on", "run"));
    }
    if (!page.path("steps").isArray() || page.path("steps").isEmpty()) {
      problem(line("steps"), "steps: say what to do, at least one { on, run, why, undo }");
    }
    for (JsonNode step : page.path("steps")) {
      command(step, "steps", Set.of("on", "run", "why", "undo", "if"));
      sentence(step, "why", "steps: ");
    }
    if (page.has("verify")) {
      command(page.get("verify"), "verify", Set.of("on", "run", "expect"));
      sentence(page.get("verify"), "expect", "verify: ");
    }
  }

  private void command(JsonNode command, String where, Set<String> keys) {
    if (!command.isObject()) {
      problem(line(where), where + ": write { " + String.join(", ", new TreeSet<>(keys)) + " }");
      return;
    }
    known(command, keys, where + ": ");
    sentence(command, "run", where + ": ");
    for (String key : List.of("on", "undo", "if")) {
      if (!command.path(key).asText("").isEmpty()) { // null and "" say that there is none
        sentence(command, key, where + ": ");
      }
    }
  }

  private void known(JsonNode in, Set<String> keys, String where) {
    in.fieldNames()
        .forEachRemaining(
            key -> {
              if (!keys.contains(key)) {
                problem(line(key), where + "no such key " + key + ", use " + new TreeSet<>(keys));
              }
            });
  }

  private void sentence(JsonNode in, String key, String where) {
    String text = in.path(key).asText();
    if (!in.path(key).isTextual() || text.isBlank()) {
      problem(line(key), where + "write " + key + ": \"…\"");
      return;
    }
    String wrong = Template.problem(text);
    if (wrong != null) {
      int line = lineOf(written -> written.contains(text));
      problem(line > 0 ? line : line(key), where + key + ": " + wrong);
    }
  }

  private void oneOf(String word, String key, Set<String> words) {
    if (!words.contains(word)) {
      problem(line(key), key + ": no such word \"" + word + "\", use one of " + words);
    }
  }

  private void checkText(String text) {
    for (String heading : HEADINGS) {
      Matcher section =
          Pattern.compile("(?ms)^#{1,6} " + heading + "[ \\t]*$(.*?)(?=^#{1,6} |\\z)")
              .matcher(text);
      if (!section.find()) {
        problem(0, "write the section \"## " + heading + "\"");
      } else if (section.group(1).isBlank()) {
        problem(
            lineOf(line -> line.endsWith("# " + heading)),
            "say something under \"" + heading + "\"");
      }
    }
  }

  /** The first line with the key; pages are short enough for that to be the right one. */
  private int line(String key) {
    Pattern written = Pattern.compile("(^|[\\s{,])" + Pattern.quote(key) + "\\s*:");
    return Math.max(1, lineOf(line -> written.matcher(line).find()));
  }

  private int lineOf(Predicate<String> test) {
    for (int i = 0; i < lines.size(); i++) {
      if (test.test(lines.get(i))) {
        return i + 1;
      }
    }
    return 0;
  }

  private void problem(int line, String message) {
    problems.accept(new RuleProblem(file, line, message));
  }

  private static Set<String> words(Enum<?>[] values) {
    return Arrays.stream(values)
        .map(v -> v.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
