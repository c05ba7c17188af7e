package io.wgwhy.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.connectors.Causes;
import io.wgwhy.facts.pack.PublishedPack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The published rule packs: what applies, and what applied before. Under a pack's key stands the
 * version that applies, under {@code key@number} each version that there was: compaction removes
 * none of them.
 */
public final class RuleShelf {
  /** Whoever publishes takes this name; of two at the same moment Kafka lets one go on. */
  private static final String PUBLISHER = "wgwhy-rules-publisher";

  private static final int MAX_REQUEST_BYTES = Topics.RULES_BYTES;

  private final Map<String, Object> client;

  public RuleShelf(Map<String, Object> client) {
    this.client = Map.copyOf(client);
  }

  /** Somebody else published at the same moment: look, and try again. */
  public static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overtaken(Throwable cause) {
      super(
          "somebody else published at the same moment: look at the history, then try again", cause);
    }
  }

  /** Kafka does not take it: no right to, or nobody there. Nothing was published. */
  public static final class NotPublished extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPublished(KafkaException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** What stands on the topic: by key the versions that apply; by key all that there were. */
  public record Content(
      Map<String, PublishedPack> heads, Map<String, List<PublishedPack>> versions) {

    /** The version that applies; null when none was ever published. */
    public @Nullable PublishedPack head(String key) {
      return heads.get(key);
    }

    /** All versions of a pack, the newest first. */
    public List<PublishedPack> history(String key) {
      return versions.getOrDefault(key, List.of());
    }
  }

  /** All that was published; nothing where the topic is not there yet. */
  public Content read() {
    try (RuleFeed feed = new RuleFeed(client)) {
      feed.catchUp(Patience.USUAL);
      var versions = new TreeMap<String, List<PublishedPack>>();
      feed.records()
          .forEach(
              (key, pack) -> {
                if (!key.equals(pack.key())) {
                  versions.computeIfAbsent(pack.key(), any -> new ArrayList<>()).add(pack);
                }
              });
      versions
          .values()
          .forEach(it -> it.sort(Comparator.comparingInt(PublishedPack::number).reversed()));
      return new Content(feed.heads(), Collections.unmodifiableMap(versions));
    }
  }

  /**
   * Publishes a version: it applies, and stays in the history, or neither.
   *
   * @param next makes it of all that was published before
   * @return what was published
   * @throws Overtaken when somebody else publishes at the same moment; nothing was published then
   * @throws NotPublished when Kafka does not take it
   */
  @SuppressWarnings("FutureReturnValueIgnored") // commitTransaction throws what a send failed with.
  public PublishedPack publish(Function<Content, PublishedPack> next) {
    try (Topics topics = new Topics(client);
        var producer = producer()) {
      try {
        topics.createRules();
        // Whoever began before us can no longer end: what we read now is what we follow upon.
        producer.initTransactions();
        PublishedPack pack = next.apply(read());
        producer.beginTransaction();
        byte[] value = Json.bytes(pack);
        for (String key : List.of(pack.versionKey(), pack.key())) {
          producer.send(new ProducerRecord<>(PublishedPack.TOPIC, key.getBytes(UTF_8), value));
        }
        producer.commitTransaction();
        return pack;
      } catch (ProducerFencedException | InvalidProducerEpochException overtaken) {
        throw new Overtaken(overtaken);
      } catch (KafkaException failed) {
        if (Causes.has(failed, ProducerFencedException.class)
            || Causes.has(failed, InvalidProducerEpochException.class)) {
          throw new Overtaken(failed);
        }
        throw new NotPublished(failed);
      }
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    var settings = new HashMap<>(client);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, PUBLISHER);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Patience.USUAL.toMillis());
    settings.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) Duration.ofSeconds(60).toMillis());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
