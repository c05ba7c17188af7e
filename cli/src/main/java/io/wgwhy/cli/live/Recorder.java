package io.wgwhy.cli.live;

import io.wgwhy.connectors.collect.RecordingWriter;
import io.wgwhy.facts.Observation;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Keeps what is seen in a file that only its owner can read: keys are cut out, addresses are not.
 */
public final class Recorder implements AutoCloseable {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final RecordingWriter writer;

  private Recorder(RecordingWriter writer) {
    this.writer = writer;
  }

  /** Opens a file; what is in it already stays, observations are appended. */
  public static Recorder open(Path file) throws IOException {
    try {
      Files.createFile(file, OWNER_ONLY);
    } catch (FileAlreadyExistsException appended) {
      // As it should be.
    }
    // No channel: that would be closed for all when one who writes is interrupted.
    return new Recorder(new RecordingWriter(new FileOutputStream(file.toFile(), true)));
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
