package io.wgwhy.cli.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.wgwhy.connectors.DiscreetFile;
import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the engine has said about one network, as it stands now; risks are left out. */
final class HeardFindings implements AutoCloseable {
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private final @Nullable PrintWriter kept;
  private final Map<String, Finding> latest = new LinkedHashMap<>();
  private final Map<String, Confidence> causes = new LinkedHashMap<>();

  /**
   * @param kept takes all that is said, and what was done meanwhile, as lines of JSON; null for
   *     nobody
   */
  private HeardFindings(@Nullable PrintWriter kept) {
    this.kept = kept;
  }

  /**
   * Keeps it in a file that not everybody can read: findings tell much of a network.
   *
   * @param file null for none
   */
  static HeardFindings keptIn(@Nullable Path file) {
    if (file == null) {
      return new HeardFindings(null);
    }
    try {
      return new HeardFindings(
          new PrintWriter(Channels.newWriter(DiscreetFile.open(file).truncate(0), UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  /** Somebody did something: for those who read afterwards what was said. */
  void note(String done) {
    keep(Map.of("at", Instant.now().toString(), "done", done));
  }

  private synchronized void keep(Object said) {
    if (kept != null) {
      try {
        kept.println(JSON.writeValueAsString(said));
        kept.flush();
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a finding that is no JSON", e);
      }
    }
  }

  @Override
  public synchronized void close() {
    if (kept != null) {
      kept.close();
    }
  }

  synchronized void hear(Finding finding) {
    keep(finding);
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
   * @param start from when on it is waited for, by {@link System#nanoTime}
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
