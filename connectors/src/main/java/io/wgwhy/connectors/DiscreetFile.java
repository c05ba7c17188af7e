package io.wgwhy.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that tells much of a network: one that is made here its owner and its group can read, and
 * nobody else. One that is there keeps the permissions that somebody gave it.
 */
public final class DiscreetFile {
  private static final FileAttribute<?> MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

  private DiscreetFile() {}

  /** To be read and written, made if it is not there. */
  public static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, Set.of(CREATE, READ, WRITE), MODE);
  }

  /** Adds to its end; made if it is not there. */
  public static void append(Path file, String text) throws IOException {
    try (OutputStream out =
        Channels.newOutputStream(Files.newByteChannel(file, Set.of(CREATE, APPEND), MODE))) {
      out.write(text.getBytes(UTF_8));
    }
  }
}
