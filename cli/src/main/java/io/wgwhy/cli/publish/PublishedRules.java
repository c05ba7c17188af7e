package io.wgwhy.cli.publish;

import io.wgwhy.connectors.Causes;
import io.wgwhy.connectors.kafka.RuleFeed;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.stream.Opening;
import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.pack.PublishedPack;
import io.wgwhy.rules.Firing;
import io.wgwhy.rules.Fuel;
import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.RuleHead;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of a running engine: those that are published, as soon as they are. They are compiled
 * aside; sessions take them between two batches. A version that cannot be used leaves the one
 * before in its place; a pack that does harm is stopped, for its tenants alone.
 */
public final class PublishedRules implements Opening, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PublishedRules.class);

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final long PAUSE_MILLIS = 5_000;

  private final Map<String, Object> client;
  private final Figures figures;
  private final Library library;
  private final Thread thread = new Thread(this::follow, "published-rules");
  private final Map<String, Finding> notices = new ConcurrentHashMap<>();
  private volatile Books books = Books.builtIn();
  private volatile boolean closed;

  private PublishedRules(Map<String, Object> client, Figures figures) {
    this.client = client;
    this.figures = figures;
    this.library = new Library(this::refused);
  }

  /** Reads what is published now, then goes on to follow it. */
  public static PublishedRules follow(Map<String, Object> client, Figures figures) {
    PublishedRules rules = new PublishedRules(client, figures);
    try (RuleFeed feed = new RuleFeed(client)) {
      feed.catchUp(PATIENCE);
      rules.take(feed);
    } catch (RuntimeException unreadable) { // No right to read it; Kafka is away.
      log.warn(
          "Published rule packs cannot be read, the built-in rules go on: {}",
          unreadable.getMessage());
    }
    rules.thread.setDaemon(true);
    rules.thread.start();
    return rules;
  }

  @Override
  public NetworkSession open(String tenant, String network) {
    return new NetworkSession(tenant, network, books.of(tenant));
  }

  @Override
  public String rules(String tenant) {
    return books.name(tenant);
  }

  /** The rules that a tenant has now. */
  public RuleBook book(String tenant) {
    return books.of(tenant);
  }

  @Override
  public Collection<Finding> notices() {
    return notices.values();
  }

  @Override
  public boolean hasFailed(String tenant, String rules, Throwable failure) {
    if (!rules.equals(rules(tenant))) {
      return true; // Others are there already.
    }
    String key = culprit(tenant, failure);
    if (key == null) {
      return false;
    }
    synchronized (library) {
      if (!rules.equals(rules(tenant))) {
        return true; // The next version came meanwhile: it is not to blame.
      }
      PublishedPack pack = library.inForce(key);
      if (pack != null) {
        books = library.without(key);
        figures.packFailed(key, "stopped");
        tell(pack, PackNotice.STOPPED, "" + why(failure), "your other rules go on");
        log.error(
            "Rule pack {} version {} ({}) is stopped until another version is published: {}",
            key,
            pack.number(),
            pack.version(),
            why(failure));
      }
    }
    return !rules.equals(rules(tenant));
  }

  private static @Nullable String why(Throwable failure) {
    Fuel.Spent spent = Fuel.Spent.in(failure);
    // Messages of others may quote facts.
    return spent == null ? failure.getClass().getSimpleName() : spent.getMessage();
  }

  /** The key of the pack whose rule failed; null when it is built in, or nobody knows. */
  private @Nullable String culprit(String tenant, Throwable failure) {
    String pack = pack(books.of(tenant), failure);
    if (pack == null) {
      return null;
    }
    String own = PublishedPack.key(tenant, pack);
    return library.inForce(own) != null ? own : library.inForce(pack) != null ? pack : null;
  }

  private static @Nullable String pack(RuleBook book, Throwable failure) {
    Fuel.Spent spent = Fuel.Spent.in(failure);
    if (spent != null) {
      return spent.pack();
    }
    String rule = rule(book, failure);
    Finding.RuleReference reference = rule == null ? null : book.reference(rule);
    return reference == null ? null : reference.pack();
  }

  private static @Nullable String rule(RuleBook book, Throwable failure) {
    for (Throwable it : (Iterable<Throwable>) Causes.of(failure)::iterator) {
      if (it instanceof Firing.Restless restless) {
        return restless.rule();
      }
      String says = String.valueOf(it.getMessage());
      for (RuleHead rule : book.rules()) {
        if (says.contains("\"" + rule.name() + "\"")) {
          return rule.name();
        }
      }
    }
    return null;
  }

  private void follow() {
    while (!closed) {
      try (RuleFeed feed = new RuleFeed(client)) {
        feed.catchUp(PATIENCE);
        take(feed);
        while (!closed) {
          if (feed.poll(WAIT)) {
            take(feed);
          }
        }
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        // Kafka is away, or does not let us; or a fault of ours: then others are compiled still.
        if (!closed) {
          log.warn("Published rule packs cannot be followed, trying again: {}", e.getMessage());
          pause();
        }
      }
    }
  }

  /** Those of all tenants are the operator's, who has the log and the figures. */
  private void tell(PublishedPack pack, String cause, String why, String goesOn) {
    String tenant = pack.tenant();
    if (tenant != null) {
      notices.put(pack.versionKey(), PackNotice.of(tenant, pack, cause, why, goesOn));
    }
  }

  private void take(RuleFeed feed) {
    Map<String, PublishedPack> heads = feed.heads();
    notices.keySet().removeIf(it -> heads.values().stream().noneMatch(is(it)));
    library.prepare(heads, feed::before);
    synchronized (library) {
      Books before = books;
      Books now = library.of(heads, feed::before);
      if (!now.names().equals(before.names())) {
        books = now;
        log.info(
            "Rules of all tenants: {}; of their own have {}", now.name(""), now.own().keySet());
      }
    }
  }

  private void refused(PublishedPack pack, @Nullable Integer inForce, Throwable why) {
    figures.packFailed(pack.key(), "refused");
    tell(
        pack,
        PackNotice.REFUSED,
        "" + why.getMessage(),
        inForce == null ? "nothing of it applies" : "version " + inForce + " goes on");
    log.error(
        "Rule pack {} version {} ({}) is refused, {}: {}",
        pack.key(),
        pack.number(),
        pack.version(),
        inForce == null ? "none of it applies" : "version " + inForce + " goes on",
        why.getMessage());
  }

  private static Predicate<PublishedPack> is(String versionKey) {
    return it -> it.versionKey().equals(versionKey);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(2 * PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
