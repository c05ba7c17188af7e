package io.wgwhy.cli.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This host. */
public final class LocalHost {
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private LocalHost() {}

  /** What it calls itself, as {@code uname -n} says it; no resolver is asked. */
  public static String name() {
    try {
      String name = Files.readString(KERNEL).strip();
      return name.isEmpty() ? "localhost" : name;
    } catch (IOException notLinux) {
      return "localhost";
    }
  }
}
