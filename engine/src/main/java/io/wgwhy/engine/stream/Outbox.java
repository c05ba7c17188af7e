package io.wgwhy.engine.stream;

import io.wgwhy.engine.watch.Figures;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What leaves the engine: findings, and the records that it refuses. */
final class Outbox {
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  private final ProcessorContext<byte[], Outgoing> context;
  private final Store store;
  private final Aside aside;
  private final Figures figures;

  Outbox(ProcessorContext<byte[], Outgoing> context, Store store, Aside aside, Figures figures) {
    this.context = context;
    this.store = store;
    this.aside = aside;
    this.figures = figures;
  }

  /**
   * @param came when the facts came that they were concluded from, ms; 0 if nobody knows
   */
  void publish(NetworkKey network, List<Finding> findings, long came) {
    findings.forEach(it -> publish(network, it));
    if (!findings.isEmpty() && came > 0) {
      figures.found(context.currentSystemTimeMs() - came);
    }
  }

  /** What is told is remembered as told, in one transaction. */
  void publish(NetworkKey network, Finding finding) {
    byte[] asJson = Json.bytes(finding);
    store.keep(network, finding, asJson);
    figures.of(network.tenant()).published(finding.state().name().toLowerCase(Locale.ROOT));
    send(Outgoing.finding(network, finding, asJson));
  }

  void refuse(Arrival arrival, Refused refused) {
    refuse(arrival.network().tenant(), arrival.source(), refused);
  }

  void refuse(Tenant tenant, Source source, Refused refused) {
    // Not louder: whoever sends bad facts must not be able to fill the log.
    log.debug("Refused {}@{} of {}", source.partition(), source.offset(), source.topic());
    figures.of(tenant).refused(refused.refusal().code());
    if (aside.hasNoLetters(tenant)) {
      // Counted only; it was told when the tenant was put aside. The record stands on the facts
      // topic still, for as long as that keeps it.
      log.debug("No dead letter of it");
    } else {
      send(Outgoing.deadLetter(tenant, source, refused));
    }
  }

  private void send(Outgoing outgoing) {
    context.forward(
        new Record<>(outgoing.key(), outgoing, context.currentSystemTimeMs(), outgoing.headers()));
  }
}
