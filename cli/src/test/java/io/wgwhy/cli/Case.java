package io.wgwhy.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A case beside a rule: what was seen, and what has to be said of it. */
record Case(Given given, Expect expect, @Nullable Then then) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  record Given(
      @Nullable String recording,
      @Nullable Set<String> hosts,
      @Nullable List<String> without,
      @Nullable Double until,
      @Nullable List<Line> observations,
      @Nullable List<ObjectNode> facts) {}

  record Line(double at, String host, String command, @Nullable Integer exit, String output) {
    Observation observation(double begin) {
      return new Observation(begin + at, host, command, exit, output, null, null, null);
    }
  }

  record First(String cause, @Nullable String confidence, @Nullable String severity) {}

  /**
   * @param also causes that are found besides
   * @param only whether nothing is found but the first
   */
  record Expect(
      @Nullable First first,
      @Nullable List<String> also,
      @Nullable List<String> not,
      boolean only,
      boolean none) {}

  /** What happens afterwards; the tunnel then works again. */
  record Then(
      @Nullable List<Line> observations,
      List<ObjectNode> facts,
      @JsonProperty("heals") boolean heals) {
    /** {@code then: heals}. */
    @com.fasterxml.jackson.annotation.JsonCreator(
        mode = com.fasterxml.jackson.annotation.JsonCreator.Mode.DELEGATING)
    static Then of(com.fasterxml.jackson.databind.JsonNode node) {
      if (node.isTextual()) {
        return new Then(null, List.of(), true);
      }
      List<ObjectNode> facts = new ArrayList<>();
      node.path("facts").forEach(it -> facts.add((ObjectNode) it));
      List<Line> lines = new ArrayList<>();
      node.path("observations").forEach(it -> lines.add(YAML.convertValue(it, Line.class)));
      return new Then(lines, facts, node.path("heals").asBoolean(false));
    }
  }

  /** An arbitrary moment for cases without a recording, seconds since the epoch. */
  private static final double BEGIN = 1_795_000_000;

  static Case read(Path file) {
    try {
      return YAML.readValue(file.toFile(), Case.class);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** Whether all of it is pasted text of one moment, without commands: nothing more will come. */
  boolean pasted() {
    return given.recording() == null
        && given.observations() != null
        && given.observations().stream().allMatch(it -> it.command().isBlank());
  }

  List<Observation> observations() {
    List<Observation> all = new ArrayList<>();
    if (given.recording() != null) {
      List<Observation> recorded = Recorded.named(given.recording()).observations();
      double begin = recorded.get(0).at();
      recorded.stream()
          .filter(it -> given.hosts() == null || given.hosts().contains(it.host()))
          .filter(it -> given.until() == null || seconds(it) <= begin + given.until())
          .filter(
              it ->
                  given.without() == null
                      || given.without().stream().noneMatch(it.command()::startsWith))
          .forEach(all::add);
    }
    if (given.observations() != null) {
      double begin = all.isEmpty() ? BEGIN : seconds(all.get(0));
      given.observations().forEach(it -> all.add(it.observation(begin)));
    }
    return all;
  }

  /** What no command shows, such as a heartbeat; {@code at} is in seconds, as of observations. */
  static List<Fact> facts(@Nullable List<ObjectNode> written, double begin) {
    List<Fact> all = new ArrayList<>();
    if (written != null) {
      for (ObjectNode it : written) {
        ObjectNode fact = it.deepCopy();
        fact.put("at", Math.round((begin + it.path("at").asDouble()) * 1000));
        all.add(YAML.convertValue(fact, Fact.class));
      }
    }
    return all;
  }

  /** When it begins, seconds since the epoch. */
  double begin() {
    List<Observation> all = observations();
    return all.isEmpty() ? BEGIN : seconds(all.get(0));
  }

  static double seconds(Observation it) {
    return it.receivedAt() == null ? it.at() : it.receivedAt();
  }
}
