package io.wgwhy.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** A lab's folder: what its hosts have of their own, and the few scripts that they share. */
final class Folder {
  private static final List<String> OF_EACH_HOST = List.of("resolvconf", "wireguard-go-logged");

  /**
   * Where labs have their folders: not below /tmp, where everybody may put a folder of such a name
   * before root looks into it, and not below /run, which each host of a lab has of its own.
   */
  private static final Path PARENT = Path.of("/var/lib/wgwhy-lab");

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private Folder() {}

  /** The folder that this lab has, or would have. */
  static Path of(String lab) {
    return parent().resolve(lab);
  }

  /** Where labs have their folders, with nobody else's in it. */
  static Path parent() {
    return ownersOnly(PARENT);
  }

  /**
   * A folder that is this user's alone, made when it is not there: what lies in one is run, killed
   * and deleted by root.
   *
   * @throws LabException when somebody else could have put something into it
   */
  static Path ownersOnly(Path folder) {
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException there) {
      // Whose it is, is asked now.
    } catch (IOException e) {
      throw new LabException("the folder of the labs cannot be made: " + folder);
    }
    try {
      PosixFileAttributes found =
          Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      if (found.isDirectory()
          && found.permissions().equals(OWNER_ONLY)
          && owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
        return folder;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new LabException(
        folder + " is open to others, or theirs: look who made it, and remove it");
  }

  /** Makes the folder. */
  static Path create(String name) {
    Path folder = of(name);
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      copy("enter", folder.resolve("enter"));
      copy("http", folder.resolve("http"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of the lab cannot be made: " + folder, e);
    }
  }

  /** Makes the part of one host. */
  static Path host(Path lab, String name) {
    try {
      Path folder = Files.createDirectory(lab.resolve(name));
      Files.createDirectory(folder.resolve("run"));
      Files.createDirectory(folder.resolve("bin"));
      for (String script : OF_EACH_HOST) {
        program(folder, script);
      }
      Files.createDirectory(folder.resolve("wireguard"));
      Files.writeString(folder.resolve("resolv.conf"), "nameserver 192.0.2.53\n");
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a program into a host's PATH. */
  static void program(Path host, String script) {
    try {
      copy(script, host.resolve("bin").resolve(script));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a file, or a folder with all that is in it. Nothing there is fine. */
  static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(String script, Path to) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Folder.class.getResourceAsStream(script), script)) {
      Files.copy(in, to);
    }
    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
