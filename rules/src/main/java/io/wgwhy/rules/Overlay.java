package io.wgwhy.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.wgwhy.facts.finding.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a pack wants causes of other packs: switched off, of another severity, or never confirmed.
 * Stands in {@code overlay.yaml} at the top of the pack, each with the reason.
 *
 * @param text as written; empty when there is none
 * @param changes by cause
 */
record Overlay(String text, Map<String, Change> changes) {
  static final String FILE = "overlay.yaml";
  static final Overlay NONE = new Overlay("", Map.of());

  private static final Set<String> KEYS = Set.of("disable", "severity", "at-most", "reason");
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * What becomes of a cause.
   *
   * @param disabled whether it is not asked for any more
   * @param severity null when it stays as it is
   * @param neverConfirmed whether it is no more than likely, whatever its rules say
   * @param reason for people
   */
  record Change(
      boolean disabled, @Nullable Severity severity, boolean neverConfirmed, String reason) {}

  /** Reads one; what is wrong is told, and left out. */
  static Overlay read(String file, String text, Consumer<RuleProblem> problems) {
    Map<String, Change> changes = new TreeMap<>();
    try {
      JsonNode tree = YAML.readTree(text);
      if (!tree.isObject()) {
        problems.accept(new RuleProblem(file, 1, "write causes, and below each what is changed"));
        return new Overlay(text, Map.of());
      }
      List<String> lines = text.lines().toList();
      tree.properties()
          .forEach(
              it -> {
                int line = line(lines, it.getKey());
                String wrong = wrong(it.getValue());
                if (wrong != null) {
                  problems.accept(new RuleProblem(file, line, it.getKey() + ": " + wrong));
                } else {
                  changes.put(it.getKey(), change(it.getValue()));
                }
              });
    } catch (JsonProcessingException unreadable) {
      int line = unreadable.getLocation() == null ? 0 : unreadable.getLocation().getLineNr();
      String says = unreadable.getOriginalMessage().lines().findFirst().orElse("");
      problems.accept(new RuleProblem(file, line, "no YAML: " + says));
    }
    return new Overlay(text, Map.copyOf(changes));
  }

  /** The causes that it changes and that are not among these. */
  List<RuleProblem> unknown(String file, Set<String> causes) {
    List<String> lines = text.lines().toList();
    return changes.keySet().stream()
        .filter(it -> !causes.contains(it))
        .sorted()
        .map(
            it ->
                new RuleProblem(
                    file, line(lines, it), "there is no cause " + it + ": see wgwhy rules list"))
        .toList();
  }

  private static @Nullable String wrong(JsonNode change) {
    if (!change.isObject()) {
      return "write below it what is changed: disable, severity or at-most, and the reason";
    }
    for (String key : (Iterable<String>) change::fieldNames) {
      if (!KEYS.contains(key)) {
        return "there is no " + key + " here, only disable, severity, at-most and reason";
      }
    }
    if (change.path("reason").asText("").isBlank()) {
      return "write the reason: those on call will ask";
    }
    if (change.has("disable") && !change.get("disable").isBoolean()) {
      return "disable: true, or leave it out";
    }
    if (change.has("severity") && severity(change) == null) {
      return "severity: one of "
          + Arrays.stream(Severity.values()).map(Overlay::word).collect(Collectors.joining(", "));
    }
    if (change.has("at-most") && !change.get("at-most").asText().equals("likely")) {
      return "at-most: likely is all that there is";
    }
    return change.size() == 1 ? "nothing is changed: disable, severity or at-most" : null;
  }

  private static Change change(JsonNode change) {
    return new Change(
        change.path("disable").asBoolean(),
        severity(change),
        change.has("at-most"),
        change.path("reason").asText().strip());
  }

  private static @Nullable Severity severity(JsonNode change) {
    String wanted = change.path("severity").asText("");
    return Arrays.stream(Severity.values())
        .filter(it -> word(it).equals(wanted))
        .findFirst()
        .orElse(null);
  }

  private static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  private static int line(List<String> lines, String cause) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(cause + ":")) {
        return i + 1;
      }
    }
    return 0;
  }
}
