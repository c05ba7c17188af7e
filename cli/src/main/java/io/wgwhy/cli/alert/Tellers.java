package io.wgwhy.cli.alert;

import io.wgwhy.connectors.kafka.FindingFeed;
import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.connectors.sink.dispatch.Courier;
import io.wgwhy.connectors.sink.dispatch.Silences;
import io.wgwhy.connectors.sink.dispatch.ToldAndTrue;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All receivers at work, a thread each, until it is closed. */
public final class Tellers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.wgwhy.alert");
  private static final Duration WAIT = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration LAST_WORDS = Duration.ofSeconds(15);

  private final Map<String, Object> client;
  private final AlertSettings settings;
  private final Silences silences;
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch broken = new CountDownLatch(1);
  private volatile boolean stopping;

  private Tellers(Map<String, Object> client, AlertSettings settings) {
    this.client = client;
    this.settings = settings;
    this.silences = new Silences(settings.silences());
  }

  /**
   * Begins.
   *
   * @throws BadSetting if a secret or certificate cannot be read
   */
  public static Tellers start(Map<String, Object> client, AlertSettings settings) {
    Tellers all = new Tellers(client, settings);
    all.silences.refresh();
    List<Runnable> work = new ArrayList<>();
    for (AlertSettings.Receiver receiver : settings.receivers()) {
      Sink sink = open(receiver);
      work.add(() -> all.run(receiver, sink));
    }
    for (int i = 0; i < work.size(); i++) {
      String name = "alert-" + settings.receivers().get(i).name();
      Thread thread = new Thread(work.get(i), name);
      thread.setDaemon(true);
      all.threads.add(thread);
      thread.start();
    }
    return all;
  }

  static Sink open(AlertSettings.Receiver receiver) {
    try {
      return receiver.sink().open();
    } catch (BadSetting e) {
      throw new BadSetting("receiver " + receiver.name() + ": " + e.getMessage());
    }
  }

  /** Whether a receiver is not at work any more, by a fault of ours. */
  public boolean isBroken() {
    return broken.getCount() == 0;
  }

  private void run(AlertSettings.Receiver receiver, Sink sink) {
    try (sink) {
      while (!stopping) {
        try (FindingFeed feed =
            new FindingFeed(client, receiver.group(), receiver.route().tenants())) {
          Courier courier = new Courier(sink, new DeliveryLog(receiver.name(), settings.refused()));
          ToldAndTrue told = new ToldAndTrue(receiver.route(), silences, settings.links());
          Telling telling =
              new Telling(feed, told, courier, silences, sink, receiver.route(), Clock.systemUTC());
          while (!stopping) {
            telling.step(WAIT);
          }
          telling.end();
        } catch (RuntimeException failure) {
          if (!stopping) {
            // Rights that were taken away, a broker that is another one: it may pass.
            LOG.warn("{}: cannot read findings: {}", receiver.name(), failure.toString());
            Thread.sleep(PAUSE.toMillis());
          }
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      if (!stopping) {
        broken.countDown();
      }
    }
  }

  /** Ends; what has not arrived by then is told after the next start. */
  @Override
  public void close() {
    stopping = true;
    long end = System.nanoTime() + LAST_WORDS.toNanos();
    try {
      for (Thread thread : threads) {
        thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
