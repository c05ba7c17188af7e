package io.wgwhy.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Findings for one who has something to do with each, once: a consumer group remembers how far it
 * came, and of several members one is at work. What was done with already is handed out again at
 * the beginning, marked as such: the topic is compacted, so that is all that is still known of each
 * finding, and whoever does something with findings needs no memory of its own.
 */
public final class FindingFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FindingFeed.class);
  private static final Pattern ALL = Pattern.compile("wgwhy\\.[^.]+\\.findings");
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Part> parts = new HashMap<>();
  private final Set<Tenant> lost = new HashSet<>();

  /**
   * @param doneUntil where the group's work begins
   * @param backlogUntil up to where something is the past to a group that is new
   * @param note what was noted with it; null for a group that is new
   */
  private record Part(long doneUntil, long backlogUntil, @Nullable Note note) {}

  /**
   * What is noted beside how far the work came.
   *
   * @param at up to when it is done
   * @param by how it was done, in words of whoever does it; null if that was not noted
   */
  public record Note(Instant at, @Nullable String by) {
    /** What brokers take by default, less the time. */
    private static final int MOST = 4_000;

    private String text() {
      return by == null || by.getBytes(UTF_8).length > MOST ? at.toString() : at + " " + by;
    }

    private static Note of(String text) {
      int end = text.indexOf(' ');
      try {
        return end < 0
            ? new Note(Instant.parse(text), null)
            : new Note(Instant.parse(text.substring(0, end)), text.substring(end + 1));
      } catch (DateTimeParseException e) {
        return new Note(Instant.now(), null);
      }
    }
  }

  /** What a finding is to the group. */
  public enum Phase {
    /** It is done with. */
    DONE,
    /** It was there before the group was. */
    BACKLOG,
    LIVE
  }

  /**
   * A finding as it was published.
   *
   * @param offset its place in the tenant's topic
   * @param at when it was published
   */
  public record Arrival(Tenant tenant, long offset, Instant at, Phase phase, Finding finding) {}

  /**
   * @param group the members share the work
   * @param only whose findings; empty for all that one may see
   */
  public FindingFeed(Map<String, Object> client, String group, Set<Tenant> only) {
    var settings = new HashMap<>(client);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        List.of(CooperativeStickyAssignor.class));
    // A topic that is missing is made by whoever makes the tenant, compacted as it must be.
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // How soon another takes over from one that was killed (default 45 s).
    settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    // How soon a new tenant is seen (default 5 min).
    settings.putIfAbsent(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 5_000);
    settings.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    if (only.isEmpty()) {
      consumer.subscribe(ALL, new Rebalances());
    } else {
      List<String> topics = only.stream().map(Tenant::findings).toList();
      consumer.subscribe(topics, new Rebalances());
    }
  }

  /** What has come since the last call; waits for it as long as told. */
  public List<Arrival> poll(Duration patience) {
    var read = new ArrayList<Arrival>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      Arrival arrival = arrival(record);
      if (arrival != null) {
        read.add(arrival);
      }
    }
    return read;
  }

  /** Whose findings another member does from now on: told once. */
  public Set<Tenant> takeLost() {
    Set<Tenant> taken = Set.copyOf(lost);
    lost.clear();
    return taken;
  }

  /** Those of whom all has been handed out that was there at the beginning. */
  public Set<Tenant> upToDate() {
    return parts.keySet().stream()
        .filter(this::isUpToDate)
        .map(FindingFeed::tenant)
        .collect(Collectors.toSet());
  }

  /** What was last noted; null for a group that is new. */
  public @Nullable Note note(Tenant tenant) {
    Part part = parts.get(partition(tenant));
    return part == null ? null : part.note();
  }

  /** Hands out nothing that is new. It goes on to be a member. */
  public void pause() {
    consumer.pause(consumer.assignment());
  }

  /** Hands out again what is new. */
  public void resume() {
    consumer.resume(consumer.paused());
  }

  /**
   * How far a tenant's findings are done with.
   *
   * @param first the offset of the first that something is left to do with; empty when nothing is
   * @param note what {@link #note} tells after a restart
   */
  public record Progress(OptionalLong first, Note note) {}

  /**
   * Notes what is done with, to be remembered when it starts again.
   *
   * @param progress of tenants that are up to date; nothing is noted of others
   */
  public void done(Map<Tenant, Progress> progress) {
    consumer.commitAsync(offsets(progress), (those, failure) -> missed(failure));
  }

  /** The same, and waits until it is noted. */
  public void doneForGood(Map<Tenant, Progress> progress) {
    try {
      consumer.commitSync(offsets(progress), LAST_WORDS);
    } catch (RetriableException | CommitFailedException e) {
      missed(e);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets(Map<Tenant, Progress> progress) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    progress.forEach(
        (tenant, done) -> {
          TopicPartition partition = partition(tenant);
          if (isUpToDate(partition)) {
            long next = done.first().orElseGet(() -> consumer.position(partition));
            offsets.put(partition, new OffsetAndMetadata(next, done.note().text()));
          }
        });
    return offsets;
  }

  private boolean isUpToDate(TopicPartition partition) {
    Part part = parts.get(partition);
    return part != null
        && consumer.position(partition) >= Math.max(part.doneUntil(), part.backlogUntil());
  }

  /** What is not noted is done again: told twice rather than not at all. */
  private static void missed(@Nullable Exception failure) {
    if (failure != null) {
      LOG.debug("Cannot note what is done: {}", failure.getMessage());
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(LAST_WORDS));
  }

  private @Nullable Arrival arrival(ConsumerRecord<byte[], byte[]> record) {
    Part part = parts.get(new TopicPartition(record.topic(), record.partition()));
    if (record.value() == null || part == null) {
      return null;
    }
    Phase phase =
        record.offset() < part.doneUntil()
            ? Phase.DONE
            : record.offset() < part.backlogUntil() ? Phase.BACKLOG : Phase.LIVE;
    try {
      return new Arrival(
          Tenant.ofFindingsTopic(record.topic()).orElseThrow(),
          record.offset(),
          Instant.ofEpochMilli(record.timestamp()),
          phase,
          Json.finding(record.value()));
    } catch (IOException | RuntimeException e) {
      LOG.warn("Passed over offset {} of {}: it is no finding", record.offset(), record.topic());
      return null;
    }
  }

  /** There is one: Topics makes it so. */
  private static TopicPartition partition(Tenant tenant) {
    return new TopicPartition(tenant.findings(), 0);
  }

  private static Tenant tenant(TopicPartition partition) {
    return Tenant.ofFindingsTopic(partition.topic()).orElseThrow();
  }

  private final class Rebalances implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      // Names that no tenant can have match the pattern too.
      Set<TopicPartition> ours =
          assigned.stream()
              .filter(it -> Tenant.ofFindingsTopic(it.topic()).isPresent())
              .collect(Collectors.toSet());
      if (ours.isEmpty()) {
        return;
      }
      Map<TopicPartition, OffsetAndMetadata> done = consumer.committed(ours);
      Map<TopicPartition, Long> ends = consumer.endOffsets(ours);
      for (TopicPartition partition : ours) {
        parts.put(partition, part(done.get(partition), ends.getOrDefault(partition, 0L)));
      }
      consumer.seekToBeginning(ours);
    }

    private Part part(@Nullable OffsetAndMetadata done, long end) {
      // A topic that was made anew is shorter than what was done of the old one.
      if (done == null || done.offset() > end) {
        return new Part(0, end, null);
      }
      return new Part(done.offset(), 0, Note.of(done.metadata()));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      for (TopicPartition partition : revoked) {
        if (parts.remove(partition) != null) {
          lost.add(tenant(partition));
        }
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> gone) {
      onPartitionsRevoked(gone);
    }
  }
}
