package io.wgwhy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wgwhy.cli.workbench.Recordings;
import io.wgwhy.connectors.collect.RecordingReader;
import io.wgwhy.facts.Observation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The recordings of real tunnels, really broken, and the truth beside each. */
public record Recorded(
    String name, List<Observation> observations, Set<String> causes, boolean broken) {
  /** Others are tried by hand with {@code -Drecordings=FOLDER}. */
  private static final Path FOLDER = Path.of(System.getProperty("recordings", "../recordings"));

  /** For cases. */
  static final Recordings RECORDINGS = new Recordings(List.of(FOLDER));

  static Stream<Recorded> all() {
    return in("");
  }

  /** Those of the project's own lab. */
  static Stream<Recorded> lab() {
    return in("lab/");
  }

  private static Stream<Recorded> in(String folder) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      return files
          .map(it -> folder + it.getFileName())
          .filter(it -> it.endsWith(".jsonl"))
          .map(it -> it.substring(0, it.length() - ".jsonl".length()))
          .sorted()
          .toList()
          .stream()
          .map(Recorded::named);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final Map<String, Recorded> READ = new ConcurrentHashMap<>();

  /** Read once: hundreds of cases are made of few recordings. */
  public static Recorded named(String name) {
    return READ.computeIfAbsent(name, Recorded::read);
  }

  private static Recorded read(String name) {
    List<Observation> observations = new ArrayList<>();
    List<Object> unread = new ArrayList<>();
    try (InputStream in = Files.newInputStream(FOLDER.resolve(name + ".jsonl"))) {
      RecordingReader.read(in, observations::add, unread::add);
      JsonNode truth = new ObjectMapper().readTree(FOLDER.resolve(name + ".truth.json").toFile());
      Set<String> causes = new TreeSet<>();
      truth.get("causes").forEach(it -> causes.add(it.asText()));
      if (!unread.isEmpty()) {
        throw new IllegalStateException(name + " has unreadable lines: " + unread);
      }
      return new Recorded(name, List.copyOf(observations), causes, truth.get("broken").asBoolean());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What one end alone saw. */
  Recorded from(String host) {
    return new Recorded(
        name + " from " + host,
        observations.stream().filter(it -> it.host().equals(host)).toList(),
        causes,
        broken);
  }

  @Override
  public String toString() {
    return name;
  }
}
