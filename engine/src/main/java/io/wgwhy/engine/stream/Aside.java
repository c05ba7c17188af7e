package io.wgwhy.engine.stream;

import io.wgwhy.facts.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tenants whose findings or dead letters, or what is remembered of them, the broker does not take:
 * it says that they are too large for the topic, or that this engine may not write there. One such
 * record ends a transaction in which other tenants' are, and would end the next one, too. So the
 * tenant is put aside for a while: its facts are refused, its sessions rest, and everybody else
 * goes on.
 */
final class Aside {
  /** Among the settings of Streams, where {@link TellingAside} finds it. */
  static final String SETTING = "wgwhy.aside";

  /** What we remember of a tenant begins with its name. */
  private static final String CHANGELOG = "-changelog";

  /** Then it is tried again: that costs all tenants of a thread some seconds if it is refused. */
  private static final Duration FIRST = Duration.ofMinutes(1);

  private static final Duration MOST = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(Aside.class);

  private final Map<Tenant, Term> terms = new ConcurrentHashMap<>();
  private final Clock clock;

  /**
   * @param until ms since the epoch
   * @param length how long it is, ms
   * @param letters whether dead letters are what is refused
   */
  private record Term(long until, long length, boolean letters) {}

  Aside(Clock clock) {
    this.clock = clock;
  }

  /**
   * The broker has refused a record for good, or its transaction.
   *
   * @param topic if neither it nor the key is a tenant's, nobody is put aside
   */
  void refused(String topic, byte @Nullable [] key, Throwable why) {
    if (!isOfTheRecord(why)) {
      return;
    }
    Optional<Tenant> letters = Tenant.ofDeadLettersTopic(topic);
    Optional<Tenant> tenant =
        letters
            .or(() -> Tenant.ofFindingsTopic(topic))
            .or(() -> topic.endsWith(CHANGELOG) ? NetworkKey.tenantOf(key) : Optional.empty());
    tenant.ifPresent(it -> put(it, topic, letters.isPresent(), why));
  }

  /**
   * Not that a producer was fenced, or a transaction aborted: that is repeated, and goes well. What
   * only has such a failure as its cause was refused for another record's sake.
   */
  private static boolean isOfTheRecord(Throwable why) {
    return why instanceof RecordTooLargeException
        || why instanceof RecordBatchTooLargeException
        || why instanceof InvalidRecordException
        || why instanceof TopicAuthorizationException;
  }

  private synchronized void put(Tenant tenant, String topic, boolean letters, Throwable why) {
    Term before = terms.get(tenant);
    long now = clock.millis();
    if (before != null && now < before.until() && (before.letters() || !letters)) {
      return;
    }
    Term again = before != null && now < before.until() + before.length() ? before : null;
    long length = again == null ? FIRST.toMillis() : Math.min(again.length() * 2, MOST.toMillis());
    boolean noLetters = letters || (again != null && again.letters());
    terms.put(tenant, new Term(now + length, length, noLetters));
    log.error(
        "The broker does not take records on {} ({}): {} is put aside for {} s, its facts are"
            + " refused until then",
        topic,
        why.getClass().getSimpleName(),
        tenant,
        length / 1000);
  }

  /** The topics to which this engine may not write, if that is why it failed. */
  static List<String> forbidden(Throwable failure) {
    var topics = new ArrayList<String>();
    for (Throwable it = failure; it != null; it = it.getCause()) {
      if (it instanceof TopicAuthorizationException refused) {
        topics.addAll(refused.unauthorizedTopics());
      }
    }
    return topics;
  }

  /** Whether a tenant is put aside now. */
  boolean has(Tenant tenant) {
    // Almost always nobody is: this is asked for every record.
    if (terms.isEmpty()) {
      return false;
    }
    Term term = terms.get(tenant);
    return term != null && clock.millis() < term.until();
  }

  /** What comes of a tenant that is put aside goes this way. */
  static Refused refusal() {
    return new Refused(Refusal.PUT_ASIDE, "the broker does not take what is said of this tenant");
  }

  /** Whether not even dead letters of a tenant can be written now. */
  boolean hasNoLetters(Tenant tenant) {
    Term term = terms.get(tenant);
    return term != null && term.letters() && clock.millis() < term.until();
  }
}
