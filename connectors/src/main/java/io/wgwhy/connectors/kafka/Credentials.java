package io.wgwhy.connectors.kafka;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A user's name and password, as they were made: nobody can be asked for the password again.
 *
 * @param user letters, digits, hyphens and a dot
 */
public record Credentials(String user, String password) {
  /** As nobody will guess in a universe's time. */
  private static final int PASSWORD_BYTES = 24;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** With a new password. */
  static Credentials random(String user) {
    byte[] bytes = new byte[PASSWORD_BYTES];
    RANDOM.nextBytes(bytes);
    return new Credentials(user, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * The settings of a Kafka client that logs in so, in an order for people.
   *
   * @param encrypted whether the way to the broker is TLS
   */
  public Map<String, String> settings(boolean encrypted) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("security.protocol", encrypted ? "SASL_SSL" : "SASL_PLAINTEXT");
    settings.put("sasl.mechanism", Tenants.MECHANISM.mechanismName());
    settings.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user, password));
    return settings;
  }

  /** Without the password: this may get into a log. */
  @Override
  public String toString() {
    return user;
  }
}
