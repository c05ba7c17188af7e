package io.wgwhy.cli;

import io.wgwhy.cli.report.Look;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Goes through what a diagnosis does, so that the JVM can archive the classes that it needs. The
 * launcher runs it once for each JDK.
 */
public final class Rehearsal {
  /** So many recordings show about every class. */
  private static final int ENOUGH = 8;

  private Rehearsal() {}

  public static void main(String[] args) throws IOException {
    Stdio nowhere =
        new Stdio(
            InputStream.nullInputStream(),
            new PrintWriter(Writer.nullWriter()),
            new PrintWriter(Writer.nullWriter()),
            new Look(true, true, Look.WIDEST));
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      List<String> recordings =
          files.map(Path::toString).filter(it -> it.endsWith(".jsonl")).sorted().toList();
      for (String recording : recordings.subList(0, Math.min(ENOUGH, recordings.size()))) {
        Main.run(nowhere, "diagnose", recording);
        Main.run(nowhere, "diagnose", "--json", recording);
      }
    }
    Main.run(nowhere, "diagnose", "/no/such/file");
    Main.run(nowhere, "--help");
  }
}
