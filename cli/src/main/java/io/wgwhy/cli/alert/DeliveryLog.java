package io.wgwhy.cli.alert;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.wgwhy.connectors.DiscreetFile;
import io.wgwhy.connectors.sink.Delivery;
import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.dispatch.Courier;
import io.wgwhy.facts.finding.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How it goes with one receiver, in the log: that it does not take notices is said once, and now
 * and then while it lasts. What it will never take is kept in a file, for people to look at.
 */
final class DeliveryLog implements Courier.Witness {
  private static final Logger LOG = LoggerFactory.getLogger("io.wgwhy.alert");
  private static final Duration SAY_AGAIN = Duration.ofMinutes(10);

  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private final String receiver;
  private final @Nullable Path refused;
  private long failingSince;
  private long saidAt;
  private boolean failing;

  private record Kept(
      String at, String receiver, String says, String id, String event, Finding finding) {}

  DeliveryLog(String receiver, @Nullable Path refused) {
    this.receiver = receiver;
    this.refused = refused;
  }

  @Override
  public void delivered(List<Notice> notices) {
    for (Notice notice : notices) {
      LOG.info("{} was told: {} {}", receiver, notice.event().text(), notice.finding().id());
    }
    if (failing) {
      failing = false;
      long seconds = (System.nanoTime() - failingSince) / 1_000_000_000;
      LOG.warn("{} takes notices again, after {} s", receiver, seconds);
    }
  }

  @Override
  public void again(Delivery.Again why, Duration pause, int waiting) {
    long now = System.nanoTime();
    if (!failing) {
      failing = true;
      failingSince = now;
    } else if (now - saidAt < SAY_AGAIN.toNanos()) {
      LOG.debug("{}: {}; again in {} ms", receiver, why.says(), pause.toMillis());
      return;
    }
    saidAt = now;
    LOG.warn(
        "{} does not take notices ({}: {}); {} wait and are tried again until it does",
        receiver,
        why.reason().text(),
        why.says(),
        waiting);
  }

  @Override
  public void refused(Notice notice, String says) {
    boolean kept = keep(notice, says);
    LOG.error(
        "{} refuses {} {}: {}; {}",
        receiver,
        notice.event().text(),
        notice.finding().id(),
        says,
        kept ? "kept in " + refused : "it will not be told");
  }

  private boolean keep(Notice notice, String says) {
    if (refused == null) {
      return false;
    }
    Kept line =
        new Kept(
            Instant.now().toString(),
            receiver,
            says,
            notice.id(),
            notice.event().text(),
            notice.finding());
    try {
      DiscreetFile.append(refused, JSON.writeValueAsString(line) + "\n");
      return true;
    } catch (IOException e) {
      LOG.error("Cannot write to {}", refused);
      return false;
    }
  }
}
