package io.wgwhy.connectors.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.wgwhy.connectors.collect.output.Parsed;
import io.wgwhy.facts.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A golden pair: {@code NAME.out}, what a command printed, and {@code NAME.json}, the facts in it.
 * {@code NAME.cmd} beside them says which command it was, on which host, when:
 *
 * <pre>
 * command: wg show all dump
 * host: srv
 * at: 1795350600.25
 * exit: 0
 * unread: 2,5         (lines that are not understood; none when missing)
 * recognised: no      (the text alone does not show which command it is)
 * </pre>
 */
public record Golden(Path out, Map<String, String> meta) {
  private static final Path ROOT = Path.of("src", "test", "resources", "golden");

  static final JsonMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).build();

  static List<Golden> all() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".out"))
          .sorted()
          .map(file -> new Golden(file, meta(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return ROOT.relativize(out).toString().replace(".out", "");
  }

  Path json() {
    return Path.of(out.toString().replaceFirst("\\.out$", ".json"));
  }

  String output() {
    return text(out);
  }

  String command() {
    return meta.getOrDefault("command", "");
  }

  /** Whether the text alone shows which command printed it. */
  boolean recognisable() {
    return !output().isBlank() && !meta.getOrDefault("recognised", "").equals("no");
  }

  List<Integer> unread() {
    String lines = meta.getOrDefault("unread", "");
    return Stream.of(lines.split(","))
        .filter(line -> !line.isBlank())
        .map(line -> Integer.valueOf(line.strip()))
        .toList();
  }

  Observation observation() {
    return observation(output());
  }

  /** The same command with another output. */
  Observation observation(String output) {
    String exit = meta.get("exit");
    String received = meta.get("receivedAt");
    return new Observation(
        Double.parseDouble(meta.getOrDefault("at", "1795350600.25")),
        meta.getOrDefault("host", "host"),
        command(),
        exit == null ? null : Integer.valueOf(exit),
        output,
        received == null ? null : Double.valueOf(received),
        null,
        null);
  }

  /** The facts as the golden file holds them: an array, one fact a line. */
  static String json(Parsed parsed) throws JsonProcessingException {
    List<String> facts = new ArrayList<>();
    for (var fact : parsed.facts()) {
      facts.add(JSON.writeValueAsString(fact));
    }
    return facts.isEmpty() ? "[]\n" : "[\n  " + String.join(",\n  ", facts) + "\n]\n";
  }

  public static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name();
  }

  private static Map<String, String> meta(Path out) {
    Path file = Path.of(out.toString().replaceFirst("\\.out$", ".cmd"));
    Map<String, String> meta = new HashMap<>();
    if (Files.exists(file)) {
      for (String line : text(file).split("\n")) {
        int colon = line.indexOf(": ");
        if (colon > 0) {
          meta.put(line.substring(0, colon), line.substring(colon + 2).strip());
        }
      }
    }
    return meta;
  }
}
