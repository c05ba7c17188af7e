package io.wgwhy.cli.diagnose;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file to read.
 *
 * @param name as it was given; {@code -} is the standard input
 * @param stem its name without folder and ending: what it is called when nothing in it says
 * @param host the host that it comes from; null when that was not said
 * @param content how to read it
 */
record Source(String name, String stem, @Nullable String host, Content content) {
  static final String STDIN = "-";

  /** Opens a file. */
  @FunctionalInterface
  interface Content {
    InputStream open() throws IOException;
  }
}
