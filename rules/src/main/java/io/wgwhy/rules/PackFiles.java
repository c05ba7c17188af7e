package io.wgwhy.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What lies in a pack's folder, without compiling it. */
public final class PackFiles {
  private PackFiles() {}

  /** Whether there is anything in a folder that only a pack has; not whether all of it is right. */
  public static boolean isPack(Path folder) {
    return PackFolder.looksLikePack(folder.toAbsolutePath().normalize());
  }

  /** The pack's name: that of its folder. */
  public static String name(Path folder) {
    return PackFolder.read(folder).name();
  }

  /** The hash of its rules and pages, as findings name it. */
  public static String version(Path folder) {
    return PackFolder.read(folder).version();
  }

  /** Its cases, in the diagnostic order of their causes. */
  public static List<Path> cases(Path folder) {
    return PackFolder.read(folder).causes().stream()
        .flatMap(it -> it.cases().stream().sorted().map(it.folder()::resolve))
        .toList();
  }

  /**
   * The texts of its files, by their names relative to it: rules, pages, cases, the overlay.
   *
   * @throws UncheckedIOException when one cannot be read
   */
  public static Map<String, String> texts(Path folder) {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        boolean hidden = name.startsWith(".") || name.contains("/.");
        boolean recording = name.startsWith(PackFolder.RECORDINGS + "/");
        if (Files.isRegularFile(file) && !hidden && !recording) {
          texts.put(name, Files.readString(file));
        }
      }
      return texts;
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + folder, unreadable);
    }
  }

  /** Changes when a file of the pack is written, added or removed. */
  public static String state(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .sorted()
          .map(it -> it + "@" + it.toFile().lastModified() + "+" + it.toFile().length())
          .collect(Collectors.joining("\n"));
    } catch (IOException | UncheckedIOException changing) { // a file that went while we looked
      return "";
    }
  }
}
