package io.wgwhy.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.wgwhy.facts.finding.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What rules ask about, in words, and the observation that shows it: {@code
 * rules/wireguard/glossary.yaml}. Words that are not there are made of the names themselves.
 */
public final class Glossary {
  private static final String FILE = "wireguard/glossary.yaml";

  private final JsonNode entries;

  private Glossary(JsonNode entries) {
    this.entries = entries;
  }

  /** Reads it; that takes some milliseconds. */
  public static Glossary read() {
    try (InputStream in = Glossary.class.getClassLoader().getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not on the class path");
      }
      return new Glossary(new YAMLMapper().readTree(in));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What a class of facts is about: {@code how far the handshake gets}. */
  public String about(Class<?> kind) {
    String about = entries.path(kind.getSimpleName()).path("about").asText("");
    return about.isEmpty() ? words(kind.getSimpleName()) : about;
  }

  /** What a property says: {@code initiations arrived at the responder's network interface}. */
  public String is(Class<?> kind, String property) {
    String is = property(kind, property).path("is").asText("");
    return is.isEmpty() ? words(property) : is;
  }

  /** What it means that a property is null; null when that is not known. */
  public @Nullable String none(Class<?> kind, String property) {
    String none = property(kind, property).path("none").asText("");
    return none.isEmpty() ? null : none;
  }

  /** Whether the property has an entry. */
  boolean knows(Class<?> kind, String property) {
    return property(kind, property).has("is");
  }

  /** The observation that shows a property; null when there is none. */
  public Finding.@Nullable NextObservation look(
      Class<?> kind, String property, Map<String, ?> values) {
    return look(property(kind, property), values);
  }

  /** The observation that would bring a fact of this class; null when there is none. */
  public Finding.@Nullable NextObservation look(Class<?> kind, Map<String, ?> values) {
    return look(entries.path(kind.getSimpleName()).path("absent"), values);
  }

  private static Finding.@Nullable NextObservation look(JsonNode entry, Map<String, ?> values) {
    String run = entry.path("run").asText("");
    String on = entry.path("on").asText("");
    return run.isEmpty()
        ? null
        : new Finding.NextObservation(
            on.isEmpty() ? null : Template.host(on, values),
            Template.command(run, values),
            List.of());
  }

  /** {@code arrived.passed} is told under {@code arrived}. */
  private JsonNode property(Class<?> kind, String property) {
    JsonNode judgement = entries.path(kind.getSimpleName());
    int dot = property.lastIndexOf('.');
    return judgement.has(property) || dot < 0
        ? judgement.path(property)
        : judgement.path(property.substring(0, dot));
  }

  private static String words(String name) {
    return name.replace('.', ' ').replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
