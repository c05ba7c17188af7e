package io.wgwhy.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The build's step: compiles a pack into the folder of the module's classes, so that nothing is
 * parsed when it is loaded.
 */
final class BuildPack {
  private BuildPack() {}

  /** Takes the pack's folder and the folder for the classes; exits with 1 when it is refused. */
  public static void main(String[] args) throws IOException {
    try {
      build(Path.of(args[0]), Path.of(args[1]));
    } catch (BadRules refused) {
      System.err.println("The rule pack " + args[0] + " is refused:\n" + refused.getMessage());
      System.exit(1);
    }
  }

  static void build(Path pack, Path classes) throws IOException {
    PackFolder folder = PackFolder.read(pack);
    PackCompiler.Output output = PackCompiler.compile(folder, BuildPack.class.getClassLoader());
    Path list = classes.resolveSibling(folder.name() + ".classes"); // not for the jar
    deleteListed(list, classes);
    List<String> written = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : output.classes().entrySet()) {
      write(classes.resolve(file.getKey()), file.getValue());
      written.add(file.getKey());
    }
    write(classes.resolve(CompiledPack.resource(folder.name())), output.catalogue().json());
    Files.write(list, written);
  }

  /** What an earlier build made of rules that have changed since. */
  private static void deleteListed(Path list, Path classes) throws IOException {
    if (Files.exists(list)) {
      for (String file : Files.readAllLines(list)) {
        Files.deleteIfExists(classes.resolve(file));
      }
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.write(file, content);
  }
}
