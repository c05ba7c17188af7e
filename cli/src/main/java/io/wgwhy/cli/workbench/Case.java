package io.wgwhy.cli.workbench;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Observation;
import io.wgwhy.rules.language.Spelling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A case beside a rule: what was seen, and what has to be said of it. */
public record Case(Given given, Expect expect, @Nullable Then then) {
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * What was seen: a recording, or a part of it, or outputs, or facts.
   *
   * @param recording its name, without {@code .jsonl}; {@code lab/NAME} of one in a folder
   * @param hosts of the recording; null for all
   * @param without commands of the recording that nobody ran, by their beginnings
   * @param until seconds since the recording's begin
   */
  public record Given(
      @Nullable String recording,
      @Nullable Set<String> hosts,
      @Nullable List<String> without,
      @Nullable Double until,
      @Nullable List<Line> observations,
      @Nullable List<ObjectNode> facts) {}

  /**
   * An output.
   *
   * @param at seconds since the begin
   * @param command empty for a pasted text
   */
  public record Line(
      double at, String host, String command, @Nullable Integer exit, String output) {
    Observation observation(double begin) {
      return new Observation(begin + at, host, command, exit, output, null, null, null);
    }
  }

  /** The finding that comes first. */
  public record First(String cause, @Nullable String confidence, @Nullable String severity) {}

  /**
   * What has to be said of it.
   *
   * @param first the root cause
   * @param not causes that must not be found
   * @param none whether nothing is found
   * @param also causes that are found besides
   * @param only whether nothing is found but the first
   */
  public record Expect(
      @Nullable First first,
      @Nullable List<String> also,
      @Nullable List<String> not,
      boolean only,
      boolean none) {}

  /** What happens afterwards; the tunnel then works again. */
  public record Then(
      @Nullable List<Line> observations,
      List<ObjectNode> facts,
      @JsonProperty("heals") boolean heals) {
    /** {@code then: heals}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Then of(JsonNode node) {
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

  /** A case that cannot be read. */
  public static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String says;
    private final int line;

    Unreadable(String says) {
      this(says, 0);
    }

    Unreadable(String says, int line) {
      super(line > 0 ? "near line " + line + ": " + says : says);
      this.says = says;
      this.line = line;
    }

    /** What is wrong, without where. */
    public String says() {
      return says;
    }

    /** Where it is, from 1; 0 when that is not known. */
    public int line() {
      return line;
    }
  }

  /**
   * Reads a case.
   *
   * @throws Unreadable with the line and what is wrong there
   */
  public static Case read(Path file) {
    try {
      Case read = YAML.readValue(file.toFile(), Case.class);
      if (read == null || read.given() == null || read.expect() == null) {
        throw new Unreadable("a case has given and expect");
      }
      read.demandWhole();
      return read;
    } catch (JsonProcessingException wrong) {
      int line = wrong.getLocation() == null ? 0 : Math.max(0, wrong.getLocation().getLineNr());
      throw new Unreadable(says(wrong), line);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static String says(JsonProcessingException wrong) {
    String says = wrong.getOriginalMessage();
    if (wrong instanceof UnrecognizedPropertyException it) {
      List<String> known = it.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
      String name = it.getPropertyName();
      return "there is no "
          + name
          + " here"
          + Spelling.didYouMean(name, known)
          + " (there is "
          + String.join(", ", known)
          + ")";
    }
    if (wrong instanceof MismatchedInputException it && !it.getPath().isEmpty()) {
      String last = it.getPath().get(it.getPath().size() - 1).getFieldName();
      String kind = says.replaceAll("`(?:[\\w.]+[.$])?(\\w+)(?:<[^`]*)?`", "$1");
      return (last == null ? "" : last + ": ")
          + kind.replace("Cannot deserialize value", "no value");
    }
    if (says.contains("Invalid UTF-8")) {
      return "it is not UTF-8: save it as UTF-8";
    }
    if (says.startsWith("No content")) {
      return "it is empty: a case has given and expect";
    }
    // YAML says first what it was about to read, then where, then what is there instead.
    return says.lines()
        .filter(it -> !it.isBlank() && !Character.isWhitespace(it.charAt(0)))
        .limit(2)
        .map(it -> it.replaceAll("\\((?:class )?io\\.wgwhy[^)]*\\)", ""))
        .collect(Collectors.joining(": "));
  }

  /** Who sees nothing, or expects nothing, tests nothing. */
  private void demandWhole() {
    if (given.recording() == null && given.observations() == null && given.facts() == null) {
      throw new Unreadable("given says what was seen: a recording, observations, or facts");
    }
    boolean lacking =
        (given.observations() != null && given.observations().contains(null))
            || (given.facts() != null && given.facts().contains(null));
    if (lacking) {
      throw new Unreadable("given has an empty entry: take it out");
    }
    boolean expects =
        expect.first() != null
            || (expect.also() != null && !expect.also().isEmpty())
            || (expect.not() != null && !expect.not().isEmpty())
            || expect.none();
    if (causes().contains(null)) {
      throw new Unreadable("expect has a cause without a name");
    }
    if (!expects) {
      throw new Unreadable("expect says what is found: first, also, not, or none");
    }
  }

  /** The causes that it speaks of. */
  List<String> causes() {
    List<String> all = new ArrayList<>();
    if (expect.first() != null) {
      all.add(expect.first().cause());
    }
    all.addAll(expect.also() == null ? List.of() : expect.also());
    all.addAll(expect.not() == null ? List.of() : expect.not());
    return all;
  }

  /** Whether all of it is pasted text of one moment, without commands: nothing more will come. */
  boolean pasted() {
    return given.recording() == null
        && given.observations() != null
        && given.observations().stream().allMatch(it -> it.command().isBlank());
  }

  /**
   * All that is seen, in order of arrival.
   *
   * @param recordings where those lie that it names
   */
  public List<Observation> observations(Recordings recordings) {
    List<Observation> all = new ArrayList<>();
    if (given.recording() != null) {
      List<Observation> recorded = recordings.named(given.recording());
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
        try {
          all.add(YAML.convertValue(fact, Fact.class));
        } catch (IllegalArgumentException wrong) {
          String says = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
          throw new Unreadable(
              "no fact: " + it + ": " + says.replaceAll("\\bio\\.wgwhy[\\w.]*\\.", ""));
        }
      }
    }
    return all;
  }

  /** When it begins, seconds since the epoch. */
  double begin(Recordings recordings) {
    List<Observation> all = observations(recordings);
    return all.isEmpty() ? BEGIN : seconds(all.get(0));
  }

  /** On the timeline that all hosts share, where that is known. */
  public static double seconds(Observation it) {
    return it.receivedAt() == null ? it.at() : it.receivedAt();
  }
}
