package io.wgwhy.connectors.collect.agent;

import io.wgwhy.connectors.collect.capture.HandshakeFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The collector for hosts without Java: one page for a POSIX shell, BusyBox's too. */
public final class Script {
  private Script() {}

  /** The script; it takes how long to look, s, and what to call the host. */
  public static String text() {
    try (InputStream in = Script.class.getResourceAsStream("collect.sh")) {
      if (in == null) {
        throw new IllegalStateException("collect.sh is missing");
      }
      String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return script.replace("@FILTER@", HandshakeFilter.EXPRESSION);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
