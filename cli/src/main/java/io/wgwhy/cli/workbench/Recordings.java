package io.wgwhy.cli.workbench;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Where the recordings lie that cases name. Each is read once. */
public final class Recordings {
  private static final String ENDING = ".jsonl";

  private final List<Path> folders;
  private final Map<String, List<Observation>> read = new ConcurrentHashMap<>();

  /** The folders are looked at in this order; they need not be there. */
  public Recordings(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /**
   * Those that a pack's cases may name: {@code recordings/} in the pack, in the current folder, and
   * beside the folder of the pack's folder, as in a checkout.
   */
  public static Recordings of(Path pack, List<Path> others) {
    List<Path> folders = new ArrayList<>(others);
    Path full = pack.toAbsolutePath().normalize();
    folders.add(full.resolve("recordings"));
    folders.add(Path.of("recordings"));
    folders.add(full.resolve("../../recordings").normalize());
    return new Recordings(folders);
  }

  /**
   * The observations of a recording, in order of arrival.
   *
   * @throws Case.Unreadable when there is none of that name
   */
  List<Observation> named(String name) {
    return read.computeIfAbsent(name, this::read);
  }

  private List<Observation> read(String name) {
    if (!name.matches("(?:[\\w-]+/)?[\\w.-]+")) {
      throw new Case.Unreadable("no name of a recording: " + name);
    }
    for (Path folder : folders) {
      Path file = folder.resolve(name + ENDING);
      if (Files.isRegularFile(file)) {
        return read(file);
      }
    }
    throw new Case.Unreadable("no recording " + name + ENDING + " in " + folders);
  }

  /** All observations of a file. */
  static List<Observation> read(Path file) {
    List<Observation> observations = new ArrayList<>();
    List<Object> unread = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      RecordingReader.read(in, observations::add, unread::add);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
    if (!unread.isEmpty()) {
      throw new Case.Unreadable(file + " has unreadable lines: " + unread);
    }
    return List.copyOf(observations);
  }

  /** The recordings in a folder, by name. */
  static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(it -> it.toString().endsWith(ENDING)).sorted().toList();
    }
  }
}
