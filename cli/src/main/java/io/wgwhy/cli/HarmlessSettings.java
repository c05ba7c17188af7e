package io.wgwhy.cli;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Kafka's settings can name classes to load and to run, and places to fetch them from. The agent
 * runs with privileges and takes none of those: whoever can write its configuration must not be
 * able to run something.
 */
final class HarmlessSettings {
  private static final Pattern KEYS =
      Pattern.compile(
          "bootstrap\\.servers|client\\.id|client\\.dns\\.lookup|security\\.protocol"
              + "|ssl\\.(?!engine\\.factory|provider).+|sasl\\.mechanism|sasl\\.jaas\\.config"
              + "|compression\\.type|linger\\.ms|(?:request|socket|reconnect|retry)\\..+\\.ms");

  /** The two modules that take a name and a password, and nothing else. */
  private static final Pattern LOGIN =
      Pattern.compile(
          "\\s*org\\.apache\\.kafka\\.common\\.security\\.(?:scram\\.Scram|plain\\.Plain)LoginModule"
              + "\\s+required\\s(?:[^;\"]|\"[^\"]*\")*;\\s*");

  private HarmlessSettings() {}

  static void check(Map<String, Object> client) {
    client.forEach(
        (key, value) -> {
          boolean harmless =
              KEYS.matcher(key).matches()
                  && (!key.equals("sasl.jaas.config") || LOGIN.matcher(value.toString()).matches());
          if (!harmless) {
            // Not its value: it may hold a password.
            throw new CannotGoOn(Exit.UNUSABLE, "the agent does not take the setting " + key);
          }
        });
  }
}
