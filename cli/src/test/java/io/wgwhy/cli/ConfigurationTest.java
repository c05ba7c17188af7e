package io.wgwhy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

class ConfigurationTest {
  @TempDir Path folder;

  @Command
  private static final class Sample implements Runnable {
    @Option(names = "--config")
    private Path config;

    @Option(names = "--tenant", defaultValue = "default")
    private String tenant;

    @Option(names = "--log-level", defaultValue = "warn")
    private String logLevel;

    @Option(names = "--once")
    private boolean once;

    @Override
    public void run() {}
  }

  @Test
  void the_option_counts_first_then_the_environment_then_the_file_then_the_default()
      throws IOException {
    Path file = Files.writeString(folder.resolve("c"), "tenant = filed \nlog-level=info\n");
    Map<String, String> exported = Map.of("WGWHY_TENANT", "exported");

    assertThat(parsed(Map.of(), "--config", folder.resolve("c").toString()).tenant)
        .isEqualTo("filed");
    assertThat(parsed(exported, "--config", file.toString()).tenant).isEqualTo("exported");
    Sample given = parsed(exported, "--tenant=given", "--config", file.toString());
    assertThat(given.tenant).isEqualTo("given");
    assertThat(given.logLevel).isEqualTo("info");
    assertThat(parsed(Map.of("WGWHY_CONFIG", file.toString())).tenant).isEqualTo("filed");
    assertThat(parsed(Map.of("WGWHY_LOG_LEVEL", "debug")).logLevel).isEqualTo("debug");
    assertThat(parsed(Map.of()).tenant).isEqualTo("default");
  }

  @Test
  void what_is_done_once_by_hand_is_no_setting() throws IOException {
    assertThat(parsed(Map.of("WGWHY_ONCE", "true")).once).isFalse();
    Path file = Files.writeString(folder.resolve("c"), "once = true\n");
    assertThatThrownBy(() -> parsed(Map.of(), "--config", file.toString()))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("there is no setting 'once'; there are [log-level, tenant]");
  }

  @Test
  void a_file_that_is_named_and_not_there_is_told() {
    assertThatThrownBy(() -> parsed(Map.of(), "--config", "/nowhere/c"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("cannot read the settings in /nowhere/c");
  }

  @Test
  void a_setting_that_names_code_is_refused() {
    for (String key :
        new String[] {
          "interceptor.classes",
          "metric.reporters",
          "config.providers",
          "ssl.engine.factory.class",
          "sasl.login.callback.handler.class",
          "ssl.provider",
          "plugin.path"
        }) {
      assertThatThrownBy(() -> HarmlessSettings.check(Map.of(key, "com.example.Evil")))
          .isInstanceOf(CannotGoOn.class)
          .hasMessageContaining(key)
          .hasMessageNotContaining("Evil");
    }
    assertThatThrownBy(
            () ->
                HarmlessSettings.check(
                    Map.of(
                        "sasl.jaas.config",
                        "com.sun.security.auth.module.JndiLoginModule required"
                            + " user.provider.url=\"ldap://example.org\";")))
        .isInstanceOf(CannotGoOn.class);
    assertThatCode(
            () ->
                HarmlessSettings.check(
                    Map.of(
                        "bootstrap.servers", "kafka:9092",
                        "security.protocol", "SASL_SSL",
                        "ssl.truststore.location", "/etc/wgwhy/ca.pem",
                        "sasl.mechanism", "SCRAM-SHA-256",
                        "sasl.jaas.config",
                            "org.apache.kafka.common.security.scram.ScramLoginModule required"
                                + " username=\"srv\" password=\"p;q\";")))
        .doesNotThrowAnyException();
  }

  private static Sample parsed(Map<String, String> environment, String... args) {
    Sample sample = new Sample();
    new CommandLine(sample).setDefaultValueProvider(new Configuration(environment)).parseArgs(args);
    return sample;
  }
}
