package io.wgwhy.cli;

import io.wgwhy.lab.Fault;
import io.wgwhy.lab.Faults;
import io.wgwhy.lab.LabException;
import io.wgwhy.lab.Leftovers;
import io.wgwhy.lab.Recorder;
import io.wgwhy.lab.Requirements;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy lab record}: new test data for the rules. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Make recordings of faults, with the truth beside each.",
    footer = {
      "",
      "Examples:",
      "  sudo wgwhy lab record --into /tmp/recordings psk-client-only srv-egress-drop",
      "  sudo wgwhy lab record --into /tmp/recordings --parallel 6     all there are",
      "  sudo wgwhy lab record --into /tmp/variants --variants         other surroundings",
      "",
      "Exit codes: " + Exit.HELP + "."
    })
final class LabRecordCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Parameters(paramLabel = "FAULT", description = "The faults' names. None means all.")
  private List<String> names = List.of();

  @Option(
      names = "--into",
      required = true,
      paramLabel = "FOLDER",
      description = "Where NAME.jsonl and NAME.truth.json are written.")
  private Path into = Path.of(".");

  @Option(
      names = "--variants",
      description = "Without names: the same causes in other surroundings instead.")
  private boolean variants;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Labs side by side; default: ${DEFAULT-VALUE}.")
  private int parallel = 1;

  private final Stdio stdio;

  LabRecordCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws Exception {
    Stream<Fault> wanted;
    Folder.make(into, "--into");
    try {
      Requirements.check();
      wanted = wanted();
    } catch (LabException e) {
      throw new CannotGoOn(Exit.UNUSABLE, String.valueOf(e.getMessage()));
    }
    Leftovers.sweep();
    int failed = 0;
    ExecutorService labs = Executors.newFixedThreadPool(parallel);
    try {
      List<Future<Boolean>> recordings =
          wanted.distinct().map(fault -> labs.submit(() -> record(fault))).toList();
      for (Future<Boolean> each : recordings) {
        failed += each.get() ? 0 : 1;
      }
    } finally {
      labs.shutdownNow();
    }
    return failed == 0 ? Exit.NOTHING_WRONG : Exit.UNUSABLE;
  }

  private Stream<Fault> wanted() {
    if (!names.isEmpty()) {
      return names.stream().map(Faults::recordable).toList().stream();
    }
    return (variants ? Faults.variants() : Faults.all()).stream();
  }

  /** A lab that fails does not take the others along. */
  private boolean record(Fault fault) throws InterruptedException {
    try {
      Recorder.record(fault, into);
      stdio.out().println(into.resolve(fault.name() + ".jsonl"));
      stdio.out().flush();
      return true;
    } catch (RuntimeException | IOException e) {
      stdio.tell(fault.name() + ": " + e);
      e.printStackTrace(stdio.err());
      stdio.err().flush();
      return false;
    }
  }
}
