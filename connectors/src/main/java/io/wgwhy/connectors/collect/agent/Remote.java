package io.wgwhy.connectors.collect.agent;

import io.wgwhy.connectors.collect.RecordingReader;
import io.wgwhy.connectors.collect.output.Unread;
import io.wgwhy.facts.Observation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Another host, looked at over the system's ssh(1): the script is handed to a shell there, nothing
 * is installed, and what it prints is stamped with the time at which it came.
 */
public final class Remote {
  /** {@code [user@]host}: nothing that ssh could take for an option or a shell for a command. */
  private static final Pattern TARGET =
      Pattern.compile("(?:[A-Za-z0-9_][\\w.-]{0,63}@)?([A-Za-z0-9_][\\w.:-]{0,252})");

  private final String target;
  private final String host;
  private final Path ssh;

  private Remote(String target, String host, Path ssh) {
    this.target = target;
    this.host = host;
    this.ssh = ssh;
  }

  /**
   * @param target {@code [user@]host}, as ssh takes it
   * @throws IllegalArgumentException when it is not of this form, or ssh is not installed
   */
  public static Remote of(String target) {
    return of(target, new Programs(Programs.SYSTEM));
  }

  static Remote of(String target, Programs programs) {
    Matcher matcher = TARGET.matcher(target);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + target + "' is not [USER@]HOST");
    }
    Path ssh = programs.find("ssh");
    if (ssh == null) {
      throw new IllegalArgumentException("ssh is not installed");
    }
    return new Remote(target, matcher.group(1), ssh);
  }

  /** What the host is called in what is seen. */
  public String host() {
    return host;
  }

  /**
   * Looks for some time. What ssh itself has to say, and asks, goes to the terminal.
   *
   * @return ssh's exit code: the script's, or 255 when there was no connection
   */
  public int look(Duration length, Clock clock, Consumer<Observation> sink, Consumer<Unread> unread)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(words(length)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(Script.text().getBytes(StandardCharsets.UTF_8));
      } catch (IOException hungUp) {
        // No connection: the exit code tells.
      }
      RecordingReader.read(process.getInputStream(), it -> sink.accept(stamped(it, clock)), unread);
      return process.waitFor();
    } finally {
      Programs.end(process);
    }
  }

  /**
   * With signs of life: of a connection whose way is gone, as it well may be where tunnels are
   * broken, nobody says anything ever after. ssh gives up after 15 s.
   */
  List<String> words(Duration length) {
    List<String> words = new ArrayList<>(List.of(ssh.toString(), "-T"));
    words.addAll(List.of("-o", "ConnectTimeout=10"));
    words.addAll(List.of("-o", "ServerAliveInterval=5", "-o", "ServerAliveCountMax=3"));
    words.addAll(List.of("--", target, "sh", "-s", Long.toString(length.toSeconds()), host));
    return words;
  }

  private static Observation stamped(Observation observation, Clock clock) {
    return new Observation(
        observation.at(),
        observation.host(),
        observation.command(),
        observation.exit(),
        observation.output(),
        clock.millis() / 1000.0,
        null,
        null);
  }
}
