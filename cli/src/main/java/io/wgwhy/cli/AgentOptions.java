package io.wgwhy.cli;

import ch.qos.logback.classic.Level;
import io.wgwhy.cli.live.Publishing;
import io.wgwhy.connectors.collect.agent.Collector;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whom an agent speaks to, as whom, and how. */
final class AgentOptions {
  /** A network of one's own needs no name. */
  private static final String DEFAULT = "default";

  private static final int LEAST_KEY_BYTES = 16;

  /** Seconds; who looks once wants an answer. */
  private static final int ONE_LOOK_PATIENCE = 10;

  @Mixin private final KafkaAddress kafka = new KafkaAddress();

  @Option(
      names = "--wait-for-kafka",
      paramLabel = "SECONDS",
      description =
          "Give up when Kafka has not answered by then. Default: wait as long as it takes; "
              + ONE_LOOK_PATIENCE
              + " with --once.")
  private @Nullable Integer patience;

  @SuppressWarnings("UnusedVariable") // Configuration reads it.
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, name = value. Default: " + Configuration.USUAL + ", if it is there.")
  private @Nullable Path config;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "The tenant that this host belongs to. Default: " + DEFAULT + ".")
  private @Nullable String tenant;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "The network that its tunnels belong to. Default: " + DEFAULT + ".")
  private @Nullable String network;

  @Option(
      names = "--tenant-key-file",
      paramLabel = "FILE",
      description =
          "A secret that the tenant's hosts share, 16 bytes or more: under it preshared keys get"
              + " fingerprints, so that two that differ are found. Without it they do not.")
  private @Nullable Path tenantKey;

  @Option(
      names = "--heartbeat",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description =
          "How often it speaks at least. One that is silent for this long and 15 s more is"
              + " reported. Default: ${DEFAULT-VALUE}.")
  private int heartbeat;

  @Option(
      names = "--buffer",
      paramLabel = "MIB",
      defaultValue = "8",
      description =
          "How much may wait while Kafka is away; then the oldest is given up, and counted."
              + " Default: ${DEFAULT-VALUE}.")
  private int buffer;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "warn",
      description = "error, warn, info or debug, on stderr. Default: ${DEFAULT-VALUE}.")
  private String logLevel = "warn";

  Level logLevel() {
    Level level = Level.toLevel(logLevel, Level.OFF);
    if (level == Level.OFF) {
      throw new CannotGoOn(Exit.UNUSABLE, "--log-level takes error, warn, info or debug");
    }
    return level;
  }

  /** What is wrong is told before anything is looked at. */
  void check() {
    pace();
    buffer();
    patience(false);
    tenant();
    secrets();
    HarmlessSettings.check(kafka.settings());
  }

  /** How long Kafka is waited for; null for as long as it takes. */
  @Nullable Duration patience(boolean once) {
    if (patience == null) {
      return once ? Duration.ofSeconds(ONE_LOOK_PATIENCE) : null;
    }
    if (patience < 1) {
      throw new CannotGoOn(Exit.UNUSABLE, "--wait-for-kafka takes 1 s or more");
    }
    return Duration.ofSeconds(patience);
  }

  private long buffer() {
    if (buffer < 1 || buffer > 1024) {
      throw new CannotGoOn(Exit.UNUSABLE, "--buffer takes 1 to 1024 MiB");
    }
    return buffer * 1024L * 1024;
  }

  /** Whether somebody said whom to send facts to. */
  boolean isAddressed() {
    return kafka.isGiven() || tenant != null;
  }

  Duration pace() {
    if (heartbeat < 5 || heartbeat > 3600) {
      throw new CannotGoOn(Exit.UNUSABLE, "--heartbeat takes 5 to 3600 s");
    }
    return Duration.ofSeconds(heartbeat);
  }

  Publishing publishing(String host) {
    return new Publishing(
        kafka.settings(), tenant(), network(), host, pace(), buffer(), Clock.systemUTC());
  }

  private Tenant tenant() {
    return TenantName.of(tenant == null ? DEFAULT : tenant);
  }

  private String network() {
    return network == null ? DEFAULT : network;
  }

  String topic() {
    return tenant().facts();
  }

  String server() {
    return String.valueOf(kafka.settings().get("bootstrap.servers"));
  }

  Collector.Identity identity(String host) {
    return new Collector.Identity(host, network, tenant);
  }

  /** An editor ends a file with a newline, a template does not: the key is the same. */
  private static byte[] withoutEnd(byte[] key) {
    int length = key.length;
    while (length > 0 && " \t\r\n".indexOf(key[length - 1]) >= 0) {
      length--;
    }
    return Arrays.copyOf(key, length);
  }

  /** What may be said about preshared keys. */
  Secrets secrets() {
    if (tenantKey == null) {
      return Secrets.withoutTenantKey();
    }
    try {
      byte[] key = withoutEnd(Files.readAllBytes(tenantKey));
      if (key.length < LEAST_KEY_BYTES) {
        throw new CannotGoOn(
            Exit.UNUSABLE, tenantKey + " is too short: " + LEAST_KEY_BYTES + " bytes at least");
      }
      return Secrets.withTenantKey(key);
    } catch (IOException e) {
      throw new CannotGoOn(Exit.UNUSABLE, "cannot read " + tenantKey);
    }
  }
}
