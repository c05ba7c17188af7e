package io.wgwhy.cli.alert;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.wgwhy.connectors.Causes;
import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.connectors.sink.SinkSettings;
import io.wgwhy.connectors.sink.dispatch.Links;
import io.wgwhy.connectors.sink.dispatch.Route;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings, YAML. A mistake is told by its place and what belongs there. No value is ever
 * repeated: somebody may have written a password where none belongs.
 */
public final class SettingsFile {
  private static final ObjectMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SettingsFile() {}

  private record Top(@Nullable Path silences, @Nullable Path refused, @Nullable String links) {}

  /** What all receivers have. */
  private record Common(
      @Nullable String name,
      @Nullable List<String> tenants,
      @Nullable Set<String> networks,
      @Nullable Set<String> causes,
      @Nullable Severity severity,
      @Nullable Confidence confidence) {}

  /**
   * @throws BadSetting if the file cannot be read, or something in it cannot be used
   */
  public static AlertSettings read(Path file) {
    JsonNode tree;
    try {
      tree = YAML.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new BadSetting("%s is not YAML%s".formatted(file, line(e.getLocation())));
    } catch (IOException e) {
      throw new BadSetting("cannot read " + file);
    }
    try {
      return settings(tree);
    } catch (BadSetting e) {
      throw new BadSetting(file + ": " + e.getMessage());
    }
  }

  private static AlertSettings settings(JsonNode tree) {
    if (!(tree instanceof ObjectNode all)) {
      throw new BadSetting("there are no settings");
    }
    JsonNode receivers = all.remove("receivers");
    Top top = to(Top.class, all, "");
    List<AlertSettings.Receiver> read = new ArrayList<>();
    if (receivers != null && receivers.isArray()) {
      for (int i = 0; i < receivers.size(); i++) {
        read.add(receiver(receivers.get(i), "receivers[" + i + "]"));
      }
    }
    Links links = at("links", () -> new Links(top.links()));
    return new AlertSettings(top.silences(), top.refused(), links, read);
  }

  private static AlertSettings.Receiver receiver(JsonNode node, String place) {
    if (!(node instanceof ObjectNode receiver)) {
      throw new BadSetting(place + ": there are no settings");
    }
    Set<String> kinds = new TreeSet<>(Kinds.ALL.keySet());
    kinds.removeIf(it -> !receiver.has(it));
    if (kinds.size() != 1) {
      throw new BadSetting(place + ": name one of " + Kinds.ALL.keySet());
    }
    String kind = kinds.iterator().next();
    JsonNode own = receiver.remove(kind);
    Common common = to(Common.class, receiver, place);
    Class<? extends SinkSettings> type = Objects.requireNonNull(Kinds.ALL.get(kind));
    SinkSettings sink = to(type, own, place + "." + kind);
    return at(
        place,
        () ->
            new AlertSettings.Receiver(
                common.name() == null ? kind : common.name(), route(common), sink));
  }

  private static Route route(Common it) {
    List<String> names = it.tenants() == null ? List.of() : it.tenants();
    return new Route(
        names.stream().map(SettingsFile::tenant).collect(Collectors.toSet()),
        it.networks() == null ? Set.of() : it.networks(),
        it.causes() == null ? Set.of() : it.causes(),
        it.severity() == null ? Severity.WARNING : it.severity(),
        it.confidence() == null ? Confidence.POSSIBLE : it.confidence());
  }

  private static Tenant tenant(String name) {
    try {
      return new Tenant(name);
    } catch (IllegalArgumentException e) {
      throw new BadSetting("tenants: " + e.getMessage());
    }
  }

  private interface Made<T> {
    T make();
  }

  private static <T> T at(String place, Made<T> made) {
    try {
      return made.make();
    } catch (BadSetting e) {
      throw new BadSetting(place + ": " + e.getMessage());
    }
  }

  private static <T> T to(Class<T> type, JsonNode node, String place) {
    if (!node.isObject()) {
      throw new BadSetting(place + ": there are no settings");
    }
    try {
      return YAML.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      throw new BadSetting(explained(e, place));
    }
  }

  /** Jackson's own messages repeat the value. */
  private static String explained(JsonProcessingException wrong, String place) {
    StringBuilder path = new StringBuilder(place);
    if (wrong instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        if (step.getFieldName() != null) {
          path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
        } else {
          path.append('[').append(step.getIndex()).append(']');
        }
      }
    }
    if (wrong instanceof UnrecognizedPropertyException unknown) {
      Set<String> known = new TreeSet<>();
      unknown.getKnownPropertyIds().forEach(it -> known.add(String.valueOf(it)));
      if (Top.class.equals(unknown.getReferringClass())) {
        known.add("receivers");
      }
      return path + ": there is no such setting; there are " + known;
    }
    Optional<BadSetting> bad = Causes.find(wrong, BadSetting.class);
    if (bad.isPresent()) {
      return path + ": " + bad.get().getMessage();
    }
    if (String.valueOf(wrong.getOriginalMessage()).startsWith("Missing required")) {
      return path + ": is missing";
    }
    if (wrong instanceof InvalidFormatException it
        && it.getTargetType() != null
        && it.getTargetType().isEnum()) {
      List<String> words =
          Arrays.stream(it.getTargetType().getEnumConstants())
              .map(word -> String.valueOf(word).toLowerCase(Locale.ROOT))
              .toList();
      return path + ": use one of " + words;
    }
    return path + ": cannot be used";
  }

  private static String line(@Nullable JsonLocation where) {
    return where == null ? "" : " in line " + where.getLineNr();
  }

  /** The kinds of sinks, for help texts. */
  public static Map<String, Class<? extends SinkSettings>> kinds() {
    return Kinds.ALL;
  }
}
