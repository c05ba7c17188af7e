package io.wgwhy.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * One machine of a lab: a network namespace, and a folder that stands for what is its own of the
 * file system (/run, /etc/wireguard, /etc/resolv.conf).
 */
public final class Host {
  private final String name;
  private final String namespace;
  private final Path folder;
  private volatile boolean poweredOff;

  Host(String name, String namespace, Path folder) {
    this.name = name;
    this.namespace = namespace;
    this.folder = folder;
  }

  /** As it is called in observations. */
  public String name() {
    return name;
  }

  String namespace() {
    return namespace;
  }

  Path folder() {
    return folder;
  }

  /** Nobody looks at a host that is off. */
  boolean poweredOff() {
    return poweredOff;
  }

  void power(boolean on) {
    poweredOff = !on;
  }

  /** The command line that runs a command inside of this host. */
  List<String> inside(List<String> command) {
    String enter = folder.resolveSibling("enter").toString();
    List<String> line =
        new ArrayList<>(List.of("ip", "netns", "exec", namespace, "sh", enter, folder.toString()));
    line.addAll(command);
    return line;
  }

  /** Runs a command inside of this host. */
  public Ran run(List<String> command) {
    Ran ran = Ran.run(inside(command));
    return new Ran(ran.at(), command, ran.exit(), ran.output());
  }

  /** Runs a command inside of this host; words are separated by blanks. */
  Ran run(String command) {
    return run(List.of(command.split(" ")));
  }

  /** {@code ip -n}: quicker than going inside. */
  void ip(String arguments) {
    List<String> line = new ArrayList<>(List.of("ip", "-n", namespace));
    line.addAll(List.of(arguments.split(" ")));
    Ran.run(line).orFail();
  }

  void sysctl(String key, String value) {
    run(List.of("sysctl", "-q", "-w", key + "=" + value)).orFail();
  }

  /** Loads nftables rules. */
  void nft(String rules) {
    String file = write("rules.nft", rules).toString();
    run(List.of("nft", "-f", file)).orFail();
  }

  /** Starts a command inside of this host, which runs until somebody ends it. */
  Process start(Path printed, List<String> command) {
    try {
      return new ProcessBuilder(inside(command))
          .redirectErrorStream(true)
          .redirectInput(Path.of("/dev/null").toFile())
          .redirectOutput(ProcessBuilder.Redirect.appendTo(printed.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(command.get(0) + " cannot be started", e);
    }
  }

  /** Puts a file into this host's folder. */
  Path write(String file, String text) {
    try {
      return Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, readable by nobody else: wg-quick complains otherwise. */
  void writeSecret(String file, String text) {
    Path path = write(file, "");
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(file, text);
  }

  /** A file of this host's folder; empty when there is none. */
  String read(String file) {
    try {
      Path path = folder.resolve(file);
      return Files.exists(path) ? Files.readString(path) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
