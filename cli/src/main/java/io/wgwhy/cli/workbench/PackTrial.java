package io.wgwhy.cli.workbench;

import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.rules.Cause;
import io.wgwhy.rules.PackFiles;
import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.RuleHead;
import io.wgwhy.rules.language.Spelling;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
   * @param conditions of the rules of which there are cases
   * @param oneSided those that no case shows holding, or none shows failing
   */
  public record Outcome(
      String pack,
      int rules,
      List<CaseResult> cases,
      List<Unreached> unreached,
      int conditions,
      List<OneSided> oneSided,
      double seconds) {

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

  /**
   * A condition of which the cases show one side only.
   *
   * @param condition its number in the rule, and what it asks
   * @param never {@code held}, or {@code failed}: it could be left out, and no case would tell
   */
  public record OneSided(String rule, String at, String condition, String never) {}

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
      for (Future<CaseResult> each : submitted(files, threads)) {
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
        PackFiles.name(pack),
        reach.rules(),
        results,
        reach.unreached(),
        reach.conditions(),
        reach.oneSided(),
        seconds(begin));
  }

  /** In the order of the files. */
  private Collection<Future<CaseResult>> submitted(List<Path> files, ExecutorService threads)
      throws InterruptedException {
    Map<Path, CompletableFuture<CaseResult>> results = new LinkedHashMap<>();
    Map<Path, Future<Case>> reading = new LinkedHashMap<>();
    for (Path file : files) {
      results.put(file, new CompletableFuture<>());
      reading.put(file, threads.submit(() -> Case.read(file)));
    }
    Map<Path, Case> read = new LinkedHashMap<>();
    for (Map.Entry<Path, Future<Case>> it : reading.entrySet()) {
      try {
        read.put(it.getKey(), it.getValue().get());
      } catch (ExecutionException unreadable) {
        tell(it.getKey(), List.of(says(unreadable.getCause())), 0, results);
      }
    }
    Together.of(read).forEach(it -> threads.execute(() -> play(it, results)));
    return List.copyOf(results.values());
  }

  private void play(Together together, Map<Path, CompletableFuture<CaseResult>> results) {
    long begin = CPU.getCurrentThreadCpuTime();
    Map<Path, List<String>> failures = new LinkedHashMap<>();
    try {
      play.play(
          together.played(),
          seen -> {
            reach.note(together.all().keySet(), seen);
            together.all().forEach((file, it) -> of(file, failures).addAll(missed(it, seen)));
          },
          repaired -> {
            Map<Path, Case> asked = new LinkedHashMap<>(together.all());
            asked.values().removeIf(it -> it.then() == null);
            reach.note(asked.keySet(), repaired);
            asked.forEach((file, it) -> of(file, failures).addAll(left(it, repaired)));
          });
    } catch (RuntimeException | Error told) {
      together.all().keySet().forEach(file -> of(file, failures).add(says(told)));
    }
    double seconds = (CPU.getCurrentThreadCpuTime() - begin) / 1e9 / together.all().size();
    together.all().keySet().forEach(it -> tell(it, of(it, failures), seconds, results));
  }

  private static List<String> of(Path file, Map<Path, List<String>> failures) {
    return failures.computeIfAbsent(file, any -> new ArrayList<>());
  }

  private List<String> missed(Case it, NetworkSession seen) {
    List<String> missed = new ArrayList<>();
    List<String> known = book.causes().stream().map(Cause::id).toList();
    for (String cause : it.causes()) {
      if (!known.contains(cause)) { // What is not to be found would never be.
        missed.add(
            "expects of " + cause + ": there is no such cause" + Spelling.didYouMean(cause, known));
      }
    }
    missed.addAll(Expectation.missed(it.expect(), seen.findings()));
    return missed;
  }

  private static List<String> left(Case it, NetworkSession repaired) {
    return Expectation.left(it, repaired.findings());
  }

  private static String says(@Nullable Throwable wrong) {
    return wrong instanceof Case.Unreadable
        ? String.valueOf(wrong.getMessage())
        : "cannot be played: " + wrong;
  }

  private static void tell(
      Path file,
      List<String> failures,
      double seconds,
      Map<Path, CompletableFuture<CaseResult>> results) {
    CompletableFuture<CaseResult> waiting = results.get(file);
    if (waiting != null) {
      waiting.complete(new CaseResult(name(file), file, List.copyOf(failures), seconds));
    }
  }

  /** The folder that a case lies in, and its own name. */
  static String name(Path file) {
    Path folder = file.getParent();
    return (folder == null ? "" : folder.getFileName() + "/") + file.getFileName();
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
