package io.wgwhy.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What labs leave behind whose owner was killed. An owner keeps a lock on a file in its lab's
 * folder; the system releases it however the owner ends.
 */
public final class Leftovers {
  private static final String LOCK = "owner.lock";

  /** A lab's folder, and no other that this project makes. */
  private static final Pattern LAB =
      Pattern.compile(Lab.PLAYGROUND + "|" + Lab.OWNED + "\\d+-\\d+");

  /** How often a folder is tried again: what was just ended may still write into it. */
  private static final int LAST_WORDS = 20;

  private Leftovers() {}

  /**
   * Removes every lab without an owner, but not the one that a person plays with, once it is up.
   *
   * @return the names of the labs that were removed
   */
  public static List<String> sweep() {
    List<String> removed = new ArrayList<>();
    for (Path folder : folders()) {
      String name = folder.getFileName().toString();
      boolean kept = name.equals(Lab.PLAYGROUND) && State.isIn(folder) && isUp(name);
      if (!kept && isAbandoned(folder)) {
        remove(name, folder);
        removed.add(name);
      }
    }
    return removed;
  }

  /** Makes this process the owner, until it closes the channel or ends. */
  static FileChannel own(Path folder) {
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.lock();
      return channel;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a lab: its processes, its namespaces, its folder. */
  static void remove(String lab, Path folder) {
    for (String namespace : namespaces()) {
      if (namespace.startsWith(lab + "-")) {
        removeNamespace(namespace);
      }
    }
    for (int left = LAST_WORDS; left > 0; left--) {
      try {
        Folder.delete(folder);
        return;
      } catch (UncheckedIOException stillWritten) {
        pause();
      }
    }
    Folder.delete(folder);
  }

  /** Its folder outlives a restart of this machine, its hosts do not. */
  private static boolean isUp(String lab) {
    return namespaces().stream().anyMatch(it -> it.startsWith(lab + "-"));
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isAbandoned(Path folder) {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException ours) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> folders() {
    try (Stream<Path> all = Files.list(Folder.parent())) {
      return all.filter(it -> LAB.matcher(it.getFileName().toString()).matches())
          .filter(Files::isDirectory)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> namespaces() {
    // With an id behind the name, if there is one: "wgwhy-1-cli (id: 3)".
    return Ran.run(List.of("ip", "netns", "list"))
        .orFail()
        .output()
        .lines()
        .map(line -> line.split(" ")[0])
        .toList();
  }

  /** Ends the processes inside of the namespace, and no others. */
  private static void removeNamespace(String namespace) {
    Ran.run(List.of("ip", "netns", "pids", namespace))
        .orFail()
        .output()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(Long::parseLong)
        .map(ProcessHandle::of)
        .flatMap(Optional::stream)
        .forEach(ProcessHandle::destroyForcibly);
    Ran.run(List.of("ip", "netns", "delete", namespace)).orFail();
  }
}
