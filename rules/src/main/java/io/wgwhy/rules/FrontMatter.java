package io.wgwhy.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.wgwhy.facts.finding.Severity;
import io.wgwhy.facts.tunnel.Symptom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The front matter of a page that {@link PageReader} found no fault with, as values. */
final class FrontMatter {
  private static final int MIDDLE = 50;

  private FrontMatter() {}

  static int place(JsonNode page) {
    return page.path("place").asInt(MIDDLE);
  }

  static Severity severity(JsonNode page) {
    return Severity.valueOf(page.path("severity").asText().toUpperCase(Locale.ROOT));
  }

  static Cause.At at(JsonNode page) {
    return Cause.At.valueOf(page.path("at").asText("tunnel").toUpperCase(Locale.ROOT));
  }

  static Set<Symptom.Kind> explains(JsonNode page) {
    Set<Symptom.Kind> kinds = EnumSet.noneOf(Symptom.Kind.class);
    for (JsonNode word : page.path("explains")) {
      kinds.add(Symptom.Kind.valueOf(word.asText().toUpperCase(Locale.ROOT).replace('-', '_')));
    }
    return Collections.unmodifiableSet(kinds);
  }

  static Page page(JsonNode page, String text) {
    List<Page.Step> steps = new ArrayList<>();
    for (JsonNode step : page.path("steps")) {
      steps.add(
          new Page.Step(
              text(step, "on"),
              step.path("run").asText(),
              step.path("why").asText(),
              text(step, "undo"),
              text(step, "if")));
    }
    JsonNode look = page.path("look");
    JsonNode verify = page.path("verify");
    return new Page(
        page.path("title").asText(),
        page.path("summary").asText(),
        look.isObject() ? new Page.Look(text(look, "on"), look.path("run").asText()) : null,
        List.copyOf(steps),
        verify.isObject()
            ? new Page.Verify(
                text(verify, "on"), verify.path("run").asText(), verify.path("expect").asText())
            : null,
        risk(page.path("risk")),
        text);
  }

  private static Page.@Nullable Risk risk(JsonNode risk) {
    return risk.isObject()
        ? new Page.Risk(risk.path("title").asText(), risk.path("summary").asText())
        : null;
  }

  private static @Nullable String text(JsonNode in, String key) {
    String text = in.path(key).asText("");
    return text.isBlank() ? null : text;
  }
}
