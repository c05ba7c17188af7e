package io.wgwhy.cli;

import io.wgwhy.cli.matrix.Matrix;
import io.wgwhy.cli.matrix.MatrixPage;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy matrix}: what is found in recordings of which the truth is known. */
@Command(
    name = "matrix",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Compare what is found in recordings with what was broken, as a page.",
    description = {
      "",
      "Judges each NAME.jsonl that has a NAME.truth.json beside it ({\"broken\": true, \"causes\":"
          + " [\"…\"]}): from both ends, and from each end alone. Prints Markdown.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy matrix -o docs/confusion-matrix.md recordings",
      "  wgwhy matrix --initiator laptop --responder gateway incidents/",
      "",
      "Exit codes: 0 all is as it should be, 1 something is not: a wrong cause from both ends, the"
          + " right one not among the first three from one end, anything confirmed and wrong, a"
          + " healthy tunnel that is not silent; 2 bad usage, or a file cannot be read or written."
    })
final class MatrixCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Parameters(paramLabel = "FOLDER", description = "The recordings, and their truths.")
  private Path folder = Path.of(".");

  @Option(
      names = "--initiator",
      paramLabel = "HOST",
      defaultValue = "cli",
      description = "The host that sends initiations. Default: ${DEFAULT-VALUE}.")
  private String initiator = "cli";

  @Option(
      names = "--responder",
      paramLabel = "HOST",
      defaultValue = "srv",
      description = "The other end. Default: ${DEFAULT-VALUE}.")
  private String responder = "srv";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the page there, in UTF-8, instead of to stdout.")
  private @Nullable Path output;

  private final Stdio stdio;

  MatrixCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    Folder.demand(folder);
    if (output != null) {
      OutputFile.demand(output, "-o");
    }
    try {
      Matrix matrix = Matrix.of(folder, initiator, responder, RuleBook.builtIn());
      if (matrix.rows().isEmpty()) {
        throw new CannotGoOn(
            Exit.UNUSABLE, "no NAME.jsonl with a NAME.truth.json beside it in " + folder);
      }
      String page = MatrixPage.of(matrix);
      if (output == null) {
        stdio.out().print(page);
      } else {
        Files.writeString(output, page);
      }
      return matrix.isRight() ? Exit.NOTHING_WRONG : Exit.FINDINGS;
    } catch (IOException unreadable) {
      throw new CannotGoOn(Exit.UNUSABLE, "cannot read or write: " + unreadable.getMessage());
    }
  }
}
