package io.wgwhy.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReachingTest {
  private static final String LOGIN =
      "org.apache.kafka.common.security.scram.ScramLoginModule required username=me password=";

  @Test
  void no_part_of_a_password_is_told() {
    for (String unreadable : new String[] {"my canary;", "'my canary", "canary"}) {
      assertThatThrownBy(() -> check(LOGIN + unreadable))
          .as(unreadable)
          .isInstanceOf(Reaching.Unreachable.class)
          .hasMessageContaining("sasl.jaas.config cannot be read: is the password in quotes?")
          .hasMessageNotContaining("canary");
    }
  }

  @Test
  void one_in_quotes_is_read_and_nobody_answers() {
    assertThatThrownBy(() -> check(LOGIN + "'my canary';"))
        .isInstanceOf(Reaching.Unreachable.class)
        .hasMessage("no answer within 1 s");
  }

  private static void check(String jaas) {
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers",
            "localhost:1",
            "security.protocol",
            "SASL_PLAINTEXT",
            "sasl.mechanism",
            "SCRAM-SHA-512",
            "sasl.jaas.config",
            jaas);
    Reaching.check(client, Duration.ofSeconds(1));
  }
}
