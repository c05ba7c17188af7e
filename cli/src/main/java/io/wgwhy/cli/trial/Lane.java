package io.wgwhy.cli.trial;

import io.wgwhy.cli.live.Recorder;
import io.wgwhy.connectors.collect.Parsers;
import io.wgwhy.connectors.kafka.FactPublisher;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.lab.Fault;
import io.wgwhy.lab.Trials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One lab with its collectors: a network of its own to the engine. */
final class Lane implements Lanes.Bench {
  /** A tunnel that has just been changed must work, and be seen to, before it is broken. */
  private static final double CALM_SECONDS = 60;

  /** Two looks of the collectors. */
  private static final long SEEN_MILLIS = 10_000;

  /** Others that are named at all are named by then. */
  private static final long AFTERTHOUGHT_MILLIS = 4_000;

  private final String network;
  private final Tenant tenant;
  private final Parsers parsers;
  private final FactPublisher publisher;
  private final HeardFindings findings;
  private final Limits limits;
  private final @Nullable Recorder people;
  private final Trials lab;

  Lane(
      String network,
      Tenant tenant,
      Parsers parsers,
      FactPublisher publisher,
      HeardFindings findings,
      Limits limits,
      @Nullable Path keep) {
    this.network = network;
    this.tenant = tenant;
    this.parsers = parsers;
    this.publisher = publisher;
    this.findings = findings;
    this.limits = limits;
    this.people = keep == null ? null : recorder(keep.resolve(network + "-people.jsonl"));
    try {
      this.lab = Trials.open(this::told);
    } catch (RuntimeException e) {
      stopRecording();
      throw e;
    }
    try {
      Collectors.start(lab, network, keep, this::send);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static Recorder recorder(Path file) {
    try {
      return Recorder.open(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  private void told(Observation observation) {
    if (people != null) {
      people.add(observation);
    }
    send(parsers.parse(observation).facts());
  }

  /** Together, or the engine may judge the half of a moment. */
  private void send(List<Fact> facts) {
    synchronized (publisher) {
      publisher.publish(tenant, network, facts);
    }
  }

  @Override
  public Trial trial(Fault fault) throws InterruptedException {
    lab.stage(fault);
    Thread.sleep(SEEN_MILLIS);
    if (findings.await(HeardFindings::isQuiet, CALM_SECONDS, System.nanoTime()) == null) {
      return Trial.failed(
          fault.name(), fault.causes(), "not calm before: " + findings.causesBut(Set.of()));
    }
    findings.forget();
    Trial trial = breakAndHeal(fault);
    lab.unstage(fault);
    return trial;
  }

  private Trial breakAndHeal(Fault fault) throws InterruptedException {
    double toFind = limits.toFind(fault);
    findings.note("breaks: " + fault.name());
    lab.breakBy(fault);
    long broken = System.nanoTime();
    findings.note("broken: " + fault.name());
    Double found =
        findings.await(
            it -> it.open(fault.causes()) != null,
            fault.broken() ? toFind * limits.patience() : toFind,
            broken);
    Finding first = findings.open(fault.causes());
    Thread.sleep(AFTERTHOUGHT_MILLIS);
    Finding then = findings.open(fault.causes());
    Finding finding = then == null ? first : then;
    findings.note("heals: " + fault.name());
    lab.heal(fault);
    long healed = System.nanoTime();
    findings.note("healed: " + fault.name());
    Double cleared =
        findings.await(HeardFindings::isQuiet, limits.toClear() * limits.patience(), healed);
    return new Trial(
        fault.name(),
        fault.causes(),
        finding == null ? null : finding.cause(),
        finding == null ? null : finding.confidence().name().toLowerCase(Locale.ROOT),
        found,
        cleared,
        toFind,
        limits.toClear(),
        findings.causesBut(fault.causes()),
        null);
  }

  @Override
  public void close() {
    lab.close();
    findings.close();
    stopRecording();
  }

  private void stopRecording() {
    if (people != null) {
      people.close();
    }
  }
}
