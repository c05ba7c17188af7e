package io.wgwhy.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** When a record came to its topic, and what of topics that do not say that. */
class AppendTimeTest {
  private static final long APPENDED = 1_796_023_637_660L;

  private final Logger logger = (Logger) LoggerFactory.getLogger(AppendTime.class);
  private final Level before = logger.getLevel();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final AppendTime time = new AppendTime();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.WARN);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(log);
    logger.setLevel(before);
  }

  @Test
  void streams_are_told_now_and_we_when_it_was_appended() {
    var record = record("wgwhy.acme.facts", TimestampType.LOG_APPEND_TIME);
    assertThat(time.extract(record, 0)).isCloseTo(System.currentTimeMillis(), within(60_000L));
    assertThat(AppendTime.of(record.headers())).isEqualTo(APPENDED);
  }

  @Test
  void a_topic_with_its_senders_times_is_told_of_once() {
    time.extract(record("wgwhy.late.facts", TimestampType.CREATE_TIME), 0);
    time.extract(record("wgwhy.late.facts", TimestampType.CREATE_TIME), 0);
    assertThat(log.list)
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.getFormattedMessage())
                    .contains("wgwhy.late.facts", "message.timestamp.type=LogAppendTime"));
  }

  @Test
  void a_topic_with_the_brokers_times_is_not() {
    time.extract(record("wgwhy.acme.facts", TimestampType.LOG_APPEND_TIME), 0);
    assertThat(log.list).isEmpty();
  }

  private static ConsumerRecord<Object, Object> record(String topic, TimestampType type) {
    return new ConsumerRecord<>(
        topic, 2, 0, APPENDED, type, 0, 0, null, "", new RecordHeaders(), Optional.empty());
  }
}
