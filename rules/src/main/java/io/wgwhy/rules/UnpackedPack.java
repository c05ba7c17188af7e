package io.wgwhy.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A pack that came as texts, as a folder for as long as it is looked at. */
public final class UnpackedPack implements AutoCloseable {
  /** No way up or out: a name that is none of these is refused. */
  private static final Pattern NAME =
      Pattern.compile("(?:[A-Za-z0-9][\\w.-]*/){0,3}[A-Za-z0-9][\\w.-]*");

  private final Path temporary;
  private final Path folder;

  private UnpackedPack(Path temporary, Path folder) {
    this.temporary = temporary;
    this.folder = folder;
  }

  /**
   * Writes it to a temporary folder, which is deleted when it is closed.
   *
   * @throws BadRules when a name is not one of a pack's file
   */
  public static UnpackedPack of(String pack, Map<String, String> texts) {
    if (!PackFolder.ID.matcher(pack).matches()) {
      throw new BadRules(List.of(new RuleProblem(pack, 0, "this cannot name a pack")));
    }
    for (String name : texts.keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new BadRules(List.of(new RuleProblem(name, 0, "no name of a pack's file")));
      }
    }
    try {
      Path temporary = Files.createTempDirectory("wgwhy-pack");
      UnpackedPack unpacked = new UnpackedPack(temporary, temporary.resolve(pack));
      Files.createDirectories(unpacked.folder);
      for (Map.Entry<String, String> file : texts.entrySet()) {
        Path to = unpacked.folder.resolve(file.getKey());
        Path parent = to.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.writeString(to, file.getValue());
      }
      return unpacked;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Its name is the pack's. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(temporary)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
