package io.wgwhy.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for a broker that nobody needs afterwards. */
record TemporaryFolder(Path path) implements AutoCloseable {

  /** Makes one; it is removed on {@link #close}, or when the process is stopped. */
  static TemporaryFolder create(String name) throws IOException {
    TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory(name));
    Runtime.getRuntime().addShutdownHook(new Thread(folder::close, "clean"));
    return folder;
  }

  @Override
  public void close() {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // What a broker that is just ending still holds stays behind, in the system's own folder.
      return;
    }
  }
}
