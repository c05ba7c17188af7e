package io.wgwhy.connectors.collect.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where programs are, and how one is started: from the system's folders only, without a shell, with
 * an environment of its own and nothing on its standard input. Neither the caller's {@code PATH}
 * nor a setting can put another program in its place.
 */
final class Programs {
  /** hier(7); sbin first, it is missing in the PATH of most who are not root. */
  static final List<Path> SYSTEM =
      List.of(
          Path.of("/usr/sbin"),
          Path.of("/usr/bin"),
          Path.of("/sbin"),
          Path.of("/bin"),
          Path.of("/usr/local/sbin"),
          Path.of("/usr/local/bin"));

  /** setpriv(1): the user nobody, with CAP_NET_RAW and nothing else, now and later. */
  private static final List<String> AS_NOBODY =
      List.of(
          "--reuid=65534",
          "--regid=65534",
          "--clear-groups",
          "--inh-caps=-all,+net_raw",
          "--ambient-caps=-all,+net_raw",
          "--bounding-set=-all,+net_raw");

  private final List<Path> folders;

  Programs(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /** The program of this name; null when it is not installed. */
  @Nullable Path find(String name) {
    for (Path folder : folders) {
      Path program = folder.resolve(name);
      if (Files.isRegularFile(program) && Files.isExecutable(program)) {
        return program;
      }
    }
    return null;
  }

  /**
   * Starts a program, both of its streams in one.
   *
   * @param program where it is
   * @param arguments handed over as they are
   */
  Process start(Path program, List<String> arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(program.toString());
    builder.command().addAll(arguments);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", String.join(":", folders.stream().map(Path::toString).toList()));
    environment.put("LC_ALL", "C");
    return builder
        .directory(new File("/"))
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .start();
  }

  /**
   * Starts a program that runs on until it is ended. The kernel ends it when this process dies,
   * however it dies (PR_SET_PDEATHSIG, prctl(2)), where setpriv(1) is there to ask for that; where
   * it is not, it ends when it next has something to print.
   *
   * @param looksAtPackets whether it needs CAP_NET_RAW; then it gets nothing else. It must not give
   *     up its privileges itself: whoever changes its user loses that signal.
   */
  Process startLasting(Path program, List<String> arguments, boolean looksAtPackets)
      throws IOException {
    Path setpriv = find("setpriv");
    if (setpriv == null) {
      return start(program, arguments);
    }
    List<String> words = new ArrayList<>(looksAtPackets && isRoot() ? AS_NOBODY : List.of());
    words.addAll(List.of("--pdeathsig", "KILL", "--", program.toString()));
    words.addAll(arguments);
    return start(setpriv, words);
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException notLinux) {
      return false;
    }
  }

  /** Ends a process and what it started. */
  static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
