package io.wgwhy.cli.trial;

import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the engine has said about one network, as it stands now; risks are left out. */
final class HeardFindings {
  private final Map<String, Finding> latest = new LinkedHashMap<>();
  private final Map<String, Confidence> causes = new LinkedHashMap<>();

  synchronized void hear(Finding finding) {
    if (finding.severity() == Severity.WARNING) {
      latest.remove(finding.id());
      return;
    }
    latest.put(finding.id(), finding);
    causes.merge(finding.cause(), finding.confidence(), HeardFindings::surer);
    notifyAll();
  }

  /** A new trial begins: what was said is forgotten. */
  synchronized void forget() {
    latest.clear();
    causes.clear();
  }

  private static Confidence surer(Confidence one, Confidence other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** All causes that were named since then but these, each with how sure it was at most. */
  synchronized List<String> causesBut(Set<String> right) {
    return causes.entrySet().stream()
        .filter(it -> !right.contains(it.getKey()))
        .map(it -> it.getKey() + " " + it.getValue().name().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** The surest open finding of one of these causes. */
  synchronized @Nullable Finding open(Set<String> wanted) {
    return latest.values().stream()
        .filter(it -> isOpen(it) && wanted.contains(it.cause()))
        .min(Comparator.comparing(Finding::confidence))
        .orElse(null);
  }

  /** Whether nothing is open. */
  synchronized boolean isQuiet() {
    return latest.values().stream().noneMatch(HeardFindings::isOpen);
  }

  /**
   * Waits until something is so.
   *
   * @param start from when on it is waited for, by {@link System#nanoTime}: a break takes seconds
   *     itself, and may be found before it is done
   * @return the seconds that it took since; null when it was not so in time
   */
  synchronized @Nullable Double await(Predicate<HeardFindings> wanted, double seconds, long start)
      throws InterruptedException {
    while (!wanted.test(this)) {
      double left = seconds - (System.nanoTime() - start) / 1e9;
      if (left <= 0) {
        return null;
      }
      wait((long) Math.ceil(left * 1000));
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static boolean isOpen(Finding finding) {
    return finding.state() == Finding.State.OPEN;
  }
}
