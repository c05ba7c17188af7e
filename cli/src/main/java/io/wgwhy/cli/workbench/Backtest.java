package io.wgwhy.cli.workbench;

import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Observation;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What rules would have said of what was seen, beside what others say of it. */
public final class Backtest {
  /**
   * What is said of one cause and tunnel in a recording.
   *
   * @param title in one sentence, the last that was said
   * @param confidence the last that was said
   * @param severity the same
   * @param opened seconds since the recording's begin
   * @param resolved the same; null while it is open
   */
  public record Said(
      String cause,
      String title,
      String confidence,
      String severity,
      double opened,
      @Nullable Double resolved) {}

  /**
   * What differs.
   *
   * @param before null when it is new
   * @param now null when it is said no more
   */
  public record Difference(@Nullable Said before, @Nullable Said now) {}

  /** One recording or network: its name, how long it is in seconds, and what differs. */
  public record Row(String recording, double seconds, int facts, List<Difference> differences) {}

  /**
   * All of them.
   *
   * @param unread recordings that could not be read, with the reason
   * @param dataSeconds how long all of them are together
   * @param cpuSeconds what judging them by the new rules took
   */
  public record Outcome(
      String pack,
      List<Row> rows,
      Map<String, String> unread,
      double dataSeconds,
      long facts,
      double cpuSeconds) {

    /** How many times as fast as real time, on one core. */
    public double speed() {
      return cpuSeconds == 0 ? 0 : dataSeconds / cpuSeconds;
    }

    /** How many things would be said otherwise. */
    public long differences() {
      return rows.stream().mapToLong(it -> it.differences().size()).sum();
    }
  }

  private final RuleBook before;
  private final RuleBook now;
  private final Parsers parsers = new Parsers(Secrets.withTenantKey(new byte[32]));
  private double cpu;

  /**
   * @param before the rules as they are
   * @param now those that are tried
   */
  public Backtest(RuleBook before, RuleBook now) {
    this.before = before;
    this.now = now;
  }

  /** Plays all recordings in a folder; tells of each before it begins. */
  public Outcome run(String pack, Path folder, Consumer<Path> begins) throws IOException {
    List<Row> rows = new ArrayList<>();
    Map<String, String> unread = new TreeMap<>();
    for (Path file : Recordings.in(folder)) {
      begins.accept(file);
      String name = String.valueOf(file.getFileName());
      try {
        rows.add(row(name, Recordings.read(file)));
      } catch (Case.Unreadable unreadable) {
        unread.put(name, String.valueOf(unreadable.getMessage()));
      } catch (RuntimeException failed) { // one recording's trouble must not cost the others
        unread.put(name, "could not be judged: " + failed.getClass().getSimpleName());
      }
    }
    double seconds = rows.stream().mapToDouble(Row::seconds).sum();
    long facts = rows.stream().mapToLong(Row::facts).sum();
    return new Outcome(pack, rows, unread, seconds, facts, cpu);
  }

  private Row row(String name, List<Observation> observations) {
    List<List<Fact>> facts = observations.stream().map(it -> parsers.parse(it).facts()).toList();
    Map<String, Said> said = said(facts, before);
    long begin = System.nanoTime();
    Map<String, Said> saidNow = said(facts, now);
    cpu += (System.nanoTime() - begin) / 1e9;
    double first = observations.stream().mapToDouble(Case::seconds).min().orElse(0);
    double last = observations.stream().mapToDouble(Case::seconds).max().orElse(0);
    int count = facts.stream().mapToInt(List::size).sum();
    return new Row(name, last - first, count, Comparison.differences(said, saidNow));
  }

  private static Map<String, Said> said(List<List<Fact>> observations, RuleBook rules) {
    Map<String, Said> said = new LinkedHashMap<>();
    long begin = observations.stream().flatMap(List::stream).mapToLong(Fact::at).min().orElse(0);
    try (NetworkSession session = new NetworkSession("default", "default", rules)) {
      for (List<Fact> facts : observations) {
        facts.forEach(session::accept);
        session.concluded().forEach(it -> said.put(it.id(), Comparison.said(it, begin)));
      }
      session.conclude().forEach(it -> said.put(it.id(), Comparison.said(it, begin)));
    }
    return said;
  }
}
