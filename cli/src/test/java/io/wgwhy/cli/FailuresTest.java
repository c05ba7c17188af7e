package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.cli.report.Look;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {
  private final StringWriter err = new StringWriter();

  @Test
  void what_kafka_refuses_is_not_our_fault() {
    Exception refused = new TopicAuthorizationException("Not authorized to access topics: [x]");

    assertThat(handle(new KafkaException("Cannot create topic x: " + refused, refused)))
        .isEqualTo(Exit.UNUSABLE);
    assertThat(err.toString())
        .contains("Kafka does not let this login do that: Cannot create topic x", "--properties")
        .doesNotContain("a fault of wgwhy itself");
  }

  @Test
  void nor_is_it_that_kafka_is_away_for_a_while() {
    assertThat(handle(new TimeoutException("Timeout expired while fetching topic metadata")))
        .isEqualTo(Exit.NO_KAFKA);
    assertThat(err.toString()).contains("Timeout expired").doesNotContain("a fault of wgwhy");
  }

  @Test
  void a_bug_is() {
    assertThat(handle(new IllegalStateException("oops"))).isEqualTo(Exit.UNUSABLE);
    assertThat(err.toString()).contains("a fault of wgwhy itself (IllegalStateException)");
  }

  private int handle(Exception failure) {
    CommandLine command = new CommandLine(new Nothing());
    command.setErr(new PrintWriter(err, true));
    return new Failures(Look.PLAIN).handle(failure, command);
  }

  @Command
  private static final class Nothing {}
}
