package io.wgwhy.cli.diagnose;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands on the command line, as files: {@code FILE}, {@code FOLDER}, {@code HOST=FILE},
 * {@code -}.
 */
final class Sources {
  private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9][\\w.-]{0,63})=(.+)");

  private final InputStream stdin;
  private final Consumer<UnreadInput> unread;
  private final List<Source> sources = new ArrayList<>();

  private Sources(InputStream stdin, Consumer<UnreadInput> unread) {
    this.stdin = stdin;
    this.unread = unread;
  }

  /**
   * The files, folders replaced by what is in them, in order.
   *
   * @param unread takes what is not there
   */
  static List<Source> of(List<String> arguments, InputStream stdin, Consumer<UnreadInput> unread) {
    Sources all = new Sources(stdin, unread);
    arguments.forEach(all::add);
    return all.sources;
  }

  private void add(String argument) {
    Matcher named = NAMED.matcher(argument);
    if (named.matches() && !exists(argument)) {
      add(argument, named.group(2), named.group(1));
    } else {
      add(argument, argument, null);
    }
  }

  private static boolean exists(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException noPath) {
      return false;
    }
  }

  private void add(String argument, String file, @Nullable String host) {
    if (file.equals(Source.STDIN)) {
      sources.add(new Source(argument, host == null ? "host" : host, host, () -> stdin));
      return;
    }
    try {
      Path path = Path.of(file);
      if (Files.isDirectory(path)) {
        folder(path, host);
      } else if (Files.exists(path)) {
        sources.add(source(argument, path, host));
      } else {
        unread.accept(UnreadInput.whole(argument, "no such file"));
      }
    } catch (InvalidPathException noPath) {
      unread.accept(UnreadInput.whole(argument, "not the name of a file"));
    }
  }

  private void folder(Path folder, @Nullable String host) {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(it -> Files.isRegularFile(it) && !isHidden(it)).sorted().toList();
    } catch (IOException | UncheckedIOException unreadable) {
      unread.accept(UnreadInput.whole(folder.toString(), "the folder cannot be read"));
      return;
    }
    if (files.isEmpty()) {
      unread.accept(UnreadInput.whole(folder.toString(), "no file in this folder"));
    }
    files.forEach(it -> sources.add(source(it.toString(), it, host)));
  }

  /** What editors and version control leave there. */
  private static boolean isHidden(Path file) {
    return String.valueOf(file.getFileName()).startsWith(".");
  }

  private static Source source(String name, Path path, @Nullable String host) {
    String file = path.getFileName() == null ? name : path.getFileName().toString();
    int dot = file.lastIndexOf('.');
    return new Source(name, dot > 0 ? file.substring(0, dot) : file, host, () -> open(path));
  }

  /** A pipe, as {@code <(command)} makes one, has no position: NIO would fail on it. */
  private static InputStream open(Path path) throws IOException {
    return Files.isRegularFile(path)
        ? Files.newInputStream(path)
        : new FileInputStream(path.toFile());
  }
}
