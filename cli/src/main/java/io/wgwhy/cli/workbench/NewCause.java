package io.wgwhy.cli.workbench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes the folder of a new cause: rules, remedy page and cases that pass as they are, to be
 * changed step by step into what its author means.
 */
public final class NewCause {
  private static final List<String> FILES =
      List.of("cause.drl", "cause.md", "fires-example.yaml", "silent-example.yaml");

  private NewCause() {}

  /**
   * Writes the files.
   *
   * @param pack the pack's folder; made if it is not there
   * @param band {@code 3-endpoint}
   * @param cause {@code acme-old-gateway}
   * @return what was written
   * @throws FileAlreadyExistsException when the cause is there; nothing is written then
   */
  public static List<Path> write(Path pack, String band, String cause) throws IOException {
    Path folder = pack.resolve(band).resolve(cause);
    if (Files.exists(folder)) {
      throw new FileAlreadyExistsException(folder.toString());
    }
    Files.createDirectories(folder);
    String name = String.valueOf(pack.toAbsolutePath().normalize().getFileName());
    List<Path> written = new ArrayList<>();
    for (String file : FILES) {
      Path path = folder.resolve(file.replace("cause", cause));
      Files.writeString(
          path,
          template(file)
              .replace("PACKAGE", name.replaceAll("[^a-z0-9]", "_").replaceAll("^(?=\\d)", "_"))
              .replace("SENTENCE", sentence(cause))
              .replace("CAUSE", cause));
      written.add(path);
    }
    return written;
  }

  /** {@code acme-old-gateway} as people would say it. */
  private static String sentence(String cause) {
    String words = cause.replace('-', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String template(String file) {
    try (InputStream in = NewCause.class.getResourceAsStream("new/" + file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
