package io.wgwhy.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A folder beside the labs for what a test of them keeps meanwhile. It goes when it is closed, when
 * the process ends, or, if that was killed, with the next {@link Leftovers#sweep}.
 *
 * @param path where it is
 */
public record OwnFolder(Path path, FileChannel lock) implements AutoCloseable {

  /** Makes the one of this process. */
  public static OwnFolder create() {
    // Labs are numbered from 1.
    Path path = Folder.create(Lab.OWNED + ProcessHandle.current().pid() + "-0");
    OwnFolder folder = new OwnFolder(path, Leftovers.own(path));
    Runtime.getRuntime().addShutdownHook(new Thread(folder::remove, "folder"));
    return folder;
  }

  private void remove() {
    try {
      Folder.delete(path);
    } catch (UncheckedIOException e) {
      // A broker that is just ending still writes; the next sweep has it.
    }
  }

  @Override
  public void close() {
    remove();
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
