package io.wgwhy.connectors.sink.dispatch;

import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Notice.Event;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one receiver was told, beside what is true. From the difference come its notices: a finding
 * that is published again with the same words is none. While a silence lasts nothing is told, and
 * when it ends whatever is different then. It holds nothing that the topic does not: played back,
 * with the moments at which findings were published, it comes out the same.
 */
public final class ToldAndTrue {
  /** How long what is over is repeated to whom forgets; Prometheus does so for 15 min. */
  private static final Duration STILL_REPEATED = Duration.ofMinutes(15);

  private static final Duration TIDY = Duration.ofMinutes(1);

  private final Route route;
  private final Silences silences;
  private final Links links;
  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  /** Those of which something else was told than is true. */
  private final Set<Key> hushed = new LinkedHashSet<>();

  /** What is over and was told long ago: since when it had been true. */
  private final Map<Key, Instant> over = new HashMap<>();

  /**
   * By what a tenant's findings were chosen that were told long ago, as long as they come again.
   */
  private final Map<Tenant, Route> past = new HashMap<>();

  /** What is still to be repeated in this round. */
  private final Deque<Key> toRepeat = new ArrayDeque<>();

  private Instant tidied = Instant.EPOCH;

  private record Key(Tenant tenant, String finding) {}

  /**
   * @param told null when nothing was told of it
   * @param toldAt when; null when nothing was
   */
  private record Entry(Finding now, @Nullable Finding told, @Nullable Instant toldAt) {}

  public ToldAndTrue(Route route, Silences silences, Links links) {
    this.route = route;
    this.silences = silences;
    this.links = links;
  }

  /**
   * What was told of a tenant's findings was chosen by another route than now's: until {@link
   * #goOn} it is brought back by that one.
   */
  public void replayBy(Tenant tenant, Route then) {
    past.put(tenant, then);
  }

  /** All that was told is known again: what today's route takes and that one did not waits now. */
  public void goOn(Tenant tenant) {
    Route then = past.remove(tenant);
    if (then != null && !then.equals(route)) {
      entries.forEach(
          (key, entry) -> {
            if (key.tenant().equals(tenant) && entry.told() == null) {
              hushed.add(key);
            }
          });
    }
  }

  /**
   * A finding was published.
   *
   * @return what to tell. That one is over which was never seen open is told, too: it may have been
   *     told before this began
   */
  public Optional<Notice> take(Tenant tenant, Finding finding, Instant at) {
    Key key = new Key(tenant, finding.id());
    if (!isUnknownAndOver(key, finding)) {
      return enter(key, finding, at);
    }
    boolean told = finding.openedAt().equals(over.get(key));
    if (told || !route(tenant).takes(tenant, finding)) {
      return Optional.empty();
    }
    entries.put(key, new Entry(finding, finding.opened(), at));
    return enter(key, finding, at);
  }

  /** A finding was published, and what there was to tell of it was told. */
  public void replay(Tenant tenant, Finding finding, Instant at) {
    Key key = new Key(tenant, finding.id());
    if (!isUnknownAndOver(key, finding)) {
      enter(key, finding, at);
    }
  }

  private boolean isUnknownAndOver(Key key, Finding finding) {
    return !entries.containsKey(key) && finding.state() == Finding.State.RESOLVED;
  }

  private Optional<Notice> enter(Key key, Finding finding, Instant at) {
    Entry before = entries.get(key);
    Entry entry = new Entry(finding, toldOf(before), before == null ? null : before.toldAt());
    entries.put(key, entry);
    return tell(key, entry, at);
  }

  private Route route(Tenant tenant) {
    return past.getOrDefault(tenant, route);
  }

  /** A finding was published that need not be told as long as it is not told what is true now. */
  public void remember(Tenant tenant, Finding finding) {
    Key key = new Key(tenant, finding.id());
    Entry before = entries.get(key);
    entries.put(key, new Entry(finding, toldOf(before), before == null ? null : before.toldAt()));
    hushed.add(key);
  }

  private static @Nullable Finding toldOf(@Nullable Entry entry) {
    return entry == null ? null : entry.told();
  }

  /** What silences have held back and is told now, if they are over. */
  public List<Notice> wake(Tenant tenant, Instant at) {
    List<Notice> notices = new ArrayList<>();
    for (Key key : List.copyOf(hushed)) {
      Entry entry = entries.get(key);
      if (key.tenant().equals(tenant) && entry != null) {
        tell(key, entry, at).ifPresent(notices::add);
      }
    }
    tidy(at);
    return notices;
  }

  /** Of what is long over, only that it was is kept. */
  private void tidy(Instant at) {
    if (tidied.plus(TIDY).isAfter(at)) {
      return;
    }
    tidied = at;
    for (var it = entries.entrySet().iterator(); it.hasNext(); ) {
      var next = it.next();
      Finding now = next.getValue().now();
      if (now.state() == Finding.State.RESOLVED
          && !hushed.contains(next.getKey())
          && !isOfLate(next.getValue(), at)) {
        over.put(next.getKey(), now.openedAt());
        it.remove();
      }
    }
  }

  private static boolean isOfLate(Entry entry, Instant at) {
    return entry.toldAt() != null && at.isBefore(entry.toldAt().plus(STILL_REPEATED));
  }

  /** Whether something of the round is still to be repeated. */
  public boolean isRepeating() {
    return !toRepeat.isEmpty();
  }

  /** Another round begins: all that is open, and what has ended of late. */
  public void beginRepeating() {
    toRepeat.clear();
    toRepeat.addAll(entries.keySet());
  }

  /**
   * What was told, once more, as it is now: the next of the round.
   *
   * @param most so many
   */
  public List<Notice> repeat(Instant at, int most) {
    List<Notice> notices = new ArrayList<>();
    while (notices.size() < most && !toRepeat.isEmpty()) {
      Key key = toRepeat.remove();
      Entry entry = entries.get(key);
      Finding told = toldOf(entry);
      if (entry != null
          && told != null
          && (told.state() == Finding.State.OPEN || isOfLate(entry, at))) {
        Finding said = silences.hush(key.tenant(), entry.now(), at) ? told : latest(entry);
        notices.add(notice(Event.REPEATED, key.tenant(), said, said));
      }
    }
    return notices;
  }

  /** They did not arrive: they are the next. */
  public void repeatLater(List<Notice> notices) {
    for (int i = notices.size() - 1; i >= 0; i--) {
      Notice it = notices.get(i);
      toRepeat.addFirst(new Key(it.tenant(), it.finding().id()));
    }
  }

  /** With the counts of now, but not with what is yet to be told. */
  private static Finding latest(Entry entry) {
    Finding told = entry.told();
    return told == null || told.state() == entry.now().state() ? entry.now() : told;
  }

  /** Another one tells this tenant's findings from now on. */
  public void forget(Tenant tenant) {
    entries.keySet().removeIf(it -> it.tenant().equals(tenant));
    over.keySet().removeIf(it -> it.tenant().equals(tenant));
    hushed.removeIf(it -> it.tenant().equals(tenant));
    past.remove(tenant);
  }

  private Optional<Notice> tell(Key key, Entry entry, Instant at) {
    Optional<Event> event = event(key.tenant(), entry);
    if (event.isPresent() && silences.hush(key.tenant(), entry.now(), at)) {
      hushed.add(key);
      return Optional.empty();
    }
    hushed.remove(key);
    if (event.isEmpty()) {
      return Optional.empty();
    }
    entries.put(key, new Entry(entry.now(), entry.now(), at));
    return Optional.of(notice(event.get(), key.tenant(), entry.now(), entry.told()));
  }

  private Notice notice(Event event, Tenant tenant, Finding finding, @Nullable Finding before) {
    boolean over = before != null && before.state() == Finding.State.RESOLVED;
    return new Notice(event, tenant, finding, over ? null : before, links.of(tenant, finding));
  }

  /** What is different. One that was told is followed to its end, whatever becomes of it. */
  private Optional<Event> event(Tenant tenant, Entry entry) {
    Finding told = entry.told();
    boolean wasOpen = told != null && told.state() == Finding.State.OPEN;
    boolean isOpen = entry.now().state() == Finding.State.OPEN;
    if (wasOpen && !isOpen) {
      return Optional.of(Event.RESOLVED);
    }
    if (!wasOpen && isOpen) {
      return route(tenant).takes(tenant, entry.now())
          ? Optional.of(Event.OPENED)
          : Optional.empty();
    }
    return wasOpen && told != null && isOfWeight(told, entry.now())
        ? Optional.of(Event.CHANGED)
        : Optional.empty();
  }

  /** Counts in titles and in the evidence are no news. */
  private static boolean isOfWeight(Finding told, Finding now) {
    return told.severity() != now.severity()
        || told.confidence() != now.confidence()
        || !told.subject().equals(now.subject())
        || !told.symptom().equals(now.symptom())
        || !told.remedy().equals(now.remedy());
  }
}
