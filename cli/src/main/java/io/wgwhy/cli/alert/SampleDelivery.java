package io.wgwhy.cli.alert;

import io.wgwhy.connectors.sink.Delivery;
import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Notice.Event;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.connectors.sink.dispatch.Links;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What came of telling one receiver that a sample finding has opened, and that it is over.
 *
 * @param says what went wrong; empty when both arrived
 */
public record SampleDelivery(String receiver, String destination, boolean good, String says) {

  /** Tries all at once, each once. */
  public static List<SampleDelivery> of(List<AlertSettings.Receiver> receivers, Links links)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(receivers.size());
    try {
      List<Future<SampleDelivery>> running = new ArrayList<>();
      for (AlertSettings.Receiver receiver : receivers) {
        Sink sink = Tellers.open(receiver);
        running.add(threads.submit(() -> run(receiver, sink, links)));
      }
      List<SampleDelivery> trials = new ArrayList<>();
      for (Future<SampleDelivery> one : running) {
        trials.add(one.get());
      }
      return trials;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a receiver could not be tried", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static SampleDelivery run(AlertSettings.Receiver receiver, Sink sink, Links links)
      throws InterruptedException {
    try (sink) {
      Tenant tenant =
          receiver.route().tenants().stream().findFirst().orElseGet(() -> new Tenant("test"));
      Finding open =
          Sample.of(
              tenant.name(),
              receiver.route().severity(),
              receiver.route().confidence(),
              Instant.now());
      String link = links.of(tenant, open);
      Delivery first = sink.deliver(List.of(new Notice(Event.OPENED, tenant, open, null, link)));
      String says = says(first);
      if (says.isEmpty()) {
        Finding over = open.resolved(Instant.now());
        says = says(sink.deliver(List.of(new Notice(Event.RESOLVED, tenant, over, open, link))));
      }
      return new SampleDelivery(
          receiver.name(), receiver.sink().destination(), says.isEmpty(), says);
    }
  }

  private static String says(Delivery delivery) {
    if (delivery instanceof Delivery.Again again) {
      return again.reason().text() + ": " + again.says();
    }
    return delivery instanceof Delivery.Refused refused ? "refused: " + refused.says() : "";
  }
}
