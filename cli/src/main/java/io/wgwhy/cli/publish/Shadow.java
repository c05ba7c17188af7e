package io.wgwhy.cli.publish;

import io.wgwhy.cli.workbench.Backtest.Difference;
import io.wgwhy.cli.workbench.Comparison;
import io.wgwhy.cli.workbench.Comparison.Place;
import io.wgwhy.connectors.kafka.FactReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A pack at work on live traffic, and nobody is alerted: two sets of sessions see what engines see,
 * one with the rules as they are, one with the pack.
 */
public final class Shadow {
  private static final Duration WAIT = Duration.ofMillis(100);

  /** When nothing came for so long, moments are over, as in an engine. */
  private static final long QUIET = Duration.ofMillis(150).toNanos();

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Comparison comparison;
  private final FactReader reader;
  private final Map<Place, Map<String, Difference>> told = new HashMap<>();
  private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

  /** How a difference came or went. */
  public enum Kind {
    /** The pack says something that is not said today. */
    WOULD_OPEN,
    /** It does not say what is said today. */
    WOULD_NOT_SAY,
    /** It says it otherwise. */
    WOULD_CHANGE,
    /** Both say the same again. */
    SAME_AGAIN
  }

  /** A difference came or went just now. */
  public record Event(String tenant, String network, Kind kind, Difference difference) {}

  /**
   * @param reader begins some time ago: what was seen since then the sessions know already
   */
  public Shadow(Books before, Books now, FactReader reader) {
    this.comparison = new Comparison(before::of, now::of);
    this.reader = reader;
  }

  /**
   * Looks on until told to stop.
   *
   * @param ready called once the past is known; what differs then is told first
   */
  public void run(BooleanSupplier stop, Runnable ready, Consumer<Event> tell) {
    boolean live = false;
    long last = System.nanoTime();
    long ticked = last;
    try (comparison) {
      while (!stop.getAsBoolean()) {
        List<FactReader.Arrived> arrived = reader.poll(WAIT);
        arrived.forEach(it -> comparison.accept(it.tenant().name(), it.network(), it.fact()));
        long time = System.nanoTime();
        last = arrived.isEmpty() ? last : time;
        if (time - last > QUIET) {
          comparison.conclude();
        }
        if (!live && reader.isCaughtUp()) {
          comparison.conclude();
          live = true;
          ready.run();
        }
        if (live && time - ticked > SECOND) {
          ticked = time;
          comparison.tick(System.currentTimeMillis());
        }
        if (live) {
          compare(tell);
        }
      }
    }
  }

  /** By tenant, how often each kind came: what was there at the beginning counts. */
  public Map<String, Map<String, Integer>> counts() {
    return counts;
  }

  /** How many facts were seen, those of the past among them. */
  public long facts() {
    return comparison.facts();
  }

  private void compare(Consumer<Event> tell) {
    Map<Place, Map<String, Difference>> open = comparison.open();
    told.forEach(
        (place, differences) ->
            differences.forEach(
                (id, it) -> {
                  if (!open.getOrDefault(place, Map.of()).containsKey(id)) {
                    tell(place, Kind.SAME_AGAIN, it, tell);
                  }
                }));
    open.forEach(
        (place, differences) ->
            differences.forEach(
                (id, it) -> {
                  Difference before = told.getOrDefault(place, Map.of()).get(id);
                  if (kind(before) != kind(it)) {
                    tell(place, kind(it), it, tell);
                  }
                }));
    told.clear();
    told.putAll(open);
  }

  private void tell(Place place, Kind kind, Difference it, Consumer<Event> tell) {
    counts
        .computeIfAbsent(place.tenant(), any -> new TreeMap<>())
        .merge(kind.name(), 1, Integer::sum);
    tell.accept(new Event(place.tenant(), place.network(), kind, it));
  }

  private static Kind kind(@Nullable Difference it) {
    if (it == null) {
      return Kind.SAME_AGAIN;
    }
    return it.before() == null
        ? Kind.WOULD_OPEN
        : it.now() == null ? Kind.WOULD_NOT_SAY : Kind.WOULD_CHANGE;
  }
}
