package io.wgwhy.cli.workbench;

import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.rules.PackFiles;
import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.RuleHead;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays all cases of a pack, and sees which of its rules they reach. */
public final class PackTrial {
  /**
   * What came of it.
   *
   * @param pack its name
   * @param rules of the pack
   * @param unreached rules that no case reached, each with how far it came
   */
  public record Outcome(
      String pack, int rules, List<CaseResult> cases, List<Unreached> unreached, double seconds) {

    /** Whether all cases passed. */
    public boolean passed() {
      return cases.stream().allMatch(CaseResult::passed);
    }
  }

  /**
   * A rule that no case reached.
   *
   * @param nearest the case in which it came nearest; null when it was near in none
   * @param held conditions that held there, before the first that failed
   * @param of how many there are
   */
  public record Unreached(
      String rule,
      String at,
      @Nullable String nearest,
      int held,
      int of,
      @Nullable String failed) {}

  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private final RuleBook book;
  private final Path pack;
  private final CasePlay play;
  private final Reach reach;

  /**
   * @param pack the folder whose cases are played
   * @param book its rules, beside those of others
   */
  public PackTrial(Path pack, RuleBook book, Recordings recordings) {
    this.book = book;
    this.pack = pack;
    this.play = new CasePlay(book, recordings);
    this.reach = new Reach(book, rulesOf(PackFiles.name(pack)));
  }

  private Collection<RuleHead> rulesOf(String name) {
    return book.rules().stream()
        .filter(it -> book.reference(it.name()) != null)
        .filter(it -> name.equals(packOf(it)))
        .toList();
  }

  private String packOf(RuleHead rule) {
    var reference = book.reference(rule.name());
    return reference == null ? "" : reference.pack();
  }

  /** Plays them, in the order of their files; tells of each as it is over. */
  public Outcome run(Consumer<CaseResult> over) {
    long begin = System.nanoTime();
    List<CaseResult> results = new ArrayList<>();
    List<Path> files = PackFiles.cases(pack);
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<CaseResult>> all =
          files.stream()
              .map(
                  file ->
                      threads.submit(
                          () -> play(file, it -> reach.note(cause(file), name(file), it))))
              .toList();
      for (Future<CaseResult> each : all) {
        CaseResult result = each.get();
        results.add(result);
        over.accept(result);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException bug) {
      throw new IllegalStateException(bug);
    } finally {
      threads.shutdownNow();
    }

    return new Outcome(
        PackFiles.name(pack), reach.rules(), results, reach.unreached(), seconds(begin));
  }

  private CaseResult play(Path file, Consumer<NetworkSession> look) {
    long begin = CPU.getCurrentThreadCpuTime();
    List<String> failures = new ArrayList<>();
    try {
      Case it = Case.read(file);
      play.play(
          it,
          seen -> {
            look.accept(seen);
            failures.addAll(Expectation.missed(it.expect(), seen.findings()));
          },
          repaired -> {
            look.accept(repaired);
            failures.addAll(Expectation.left(it, repaired.findings()));
          });
    } catch (Case.Unreadable unreadable) {
      failures.add(String.valueOf(unreadable.getMessage()));
    } catch (RuntimeException bug) {
      failures.add("cannot be played: " + bug);
    }
    double seconds = (CPU.getCurrentThreadCpuTime() - begin) / 1e9;
    return new CaseResult(name(file), file, List.copyOf(failures), seconds);
  }

  private static String cause(Path file) {
    Path folder = file.getParent();
    return folder == null ? "" : String.valueOf(folder.getFileName());
  }

  private static String name(Path file) {
    Path folder = file.getParent();
    return (folder == null ? "" : folder.getFileName() + "/") + file.getFileName();
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
