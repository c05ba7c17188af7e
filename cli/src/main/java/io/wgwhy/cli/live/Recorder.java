package io.wgwhy.cli.live;

import io.wgwhy.connectors.collect.RecordingWriter;
import io.wgwhy.facts.Observation;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Keeps what is seen in a file that only its owner can read: keys are cut out, addresses are not.
 */
public final class Recorder implements AutoCloseable {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private final RecordingWriter writer;

  private Recorder(RecordingWriter writer) {
    this.writer = writer;
  }

  /** What is there already is no file of this user's alone. Its message says what to do. */
  public static final class NotPrivate extends IOException {
    private static final long serialVersionUID = 1;

    private NotPrivate(String says) {
      super(says);
    }
  }

  /**
   * Opens a file; what is in it already stays, observations are appended.
   *
   * @throws NotPrivate when others could read what is appended, or have chosen where it goes
   */
  public static Recorder open(Path file) throws IOException {
    try {
      Files.createFile(file, OWNER_ONLY);
    } catch (FileAlreadyExistsException there) {
      check(file);
    }
    // No channel: that would be closed for all when one who writes is interrupted.
    return new Recorder(new RecordingWriter(new FileOutputStream(file.toFile(), true)));
  }

  private static void check(Path file) throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isRegularFile()) {
      throw new NotPrivate(file + " is no file, or a link: name another");
    }
    if (!Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS)
        .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      throw new NotPrivate(file + " is somebody else's: name another");
    }
    if (!OWNERS.containsAll(found.permissions())) {
      throw new NotPrivate("others can read " + file + ": chmod 600 " + file + ", or name another");
    }
  }

  /** Appends an observation without its secrets. */
  public void add(Observation observation) {
    try {
      writer.write(observation);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }
}
