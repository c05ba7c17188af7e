package io.wgwhy.connectors.collect.agent;

import io.wgwhy.connectors.collect.agent.Task.Change;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Listens to what the kernel tells of changes, so that they are looked at when they happen and not
 * at the next turn. What is told is not read further: it only says where to look.
 */
final class Monitors implements AutoCloseable {
  /** One change comes as many lines, and a daemon may make a hundred a second. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  /** Rounds of {@link #PAUSE} until one that ended is started again: ten minutes. */
  private static final int AGAIN = 600;

  private static final List<String> LINKS = List.of("ip", "-o", "monitor", "link", "address");
  private static final List<String> ROUTES = List.of("ip", "-o", "monitor", "route", "rule");
  private static final List<String> FILTERS = List.of("nft", "monitor", "ruleset");

  private final Programs programs;
  private final Consumer<Set<Change>> told;
  private final Map<Change, Process> running = new HashMap<>();
  private final Map<Change, Integer> pausing = new HashMap<>();
  private final Set<Change> heard = EnumSet.noneOf(Change.class);
  private boolean closed;

  /**
   * @param told takes what changed, once for all that was heard meanwhile
   */
  Monitors(Programs programs, Consumer<Set<Change>> told) {
    this.programs = programs;
    this.told = told;
  }

  /** Starts what is not running, and hands on what was heard since the last call. */
  void follow() {
    Set<Change> changes;
    synchronized (this) {
      keep(Change.LINKS, LINKS);
      keep(Change.ROUTES, ROUTES);
      keep(Change.FILTERS, FILTERS);
      changes = heard.isEmpty() ? Set.of() : EnumSet.copyOf(heard);
      heard.clear();
    }
    if (!changes.isEmpty()) {
      told.accept(changes);
    }
  }

  private void keep(Change change, List<String> words) {
    Process known = running.get(change);
    if (closed || (known != null && known.isAlive())) {
      return;
    }
    int left = pausing.merge(change, -1, Integer::sum);
    if (left > 0) {
      return;
    }
    pausing.put(change, AGAIN);
    Path program = programs.find(words.get(0));
    if (program != null) {
      try {
        Process started =
            programs.startLasting(
                program, words.subList(1, words.size()), /* looksAtPackets= */ false);
        running.put(change, started);
        Threads.of("monitor", () -> read(change, started)).start();
      } catch (IOException refused) {
        // Changes are seen at the next turn.
      }
    }
  }

  private void read(Change change, Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 2048)) {
      while (lines.readLine() != null) {
        synchronized (this) {
          heard.add(change);
        }
      }
    } catch (IOException ended) {
      // As above.
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    running.values().forEach(Programs::end);
  }
}
