package io.wgwhy.engine.stream;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of a broker that is alone and shares its JVM: small, quick to start, loopback. */
final class EmbeddedBrokerSettings {

  static final int NODE = 1;
  static final String CONTROLLER = "CONTROLLER";

  private static final String SECURED = "SASL_PLAINTEXT";

  /** How soon a password that was changed no longer holds for those who are connected. */
  private static final String ASK_AGAIN = "3600000";

  private EmbeddedBrokerSettings() {}

  /**
   * The same, and nobody may do anything but the administrator and those whom it gives rights.
   * Tenants log in by SCRAM, which can be given at run time; the administrator by PLAIN, which
   * needs nothing that the broker would have to know beforehand.
   */
  static Map<String, String> secured(Path data, int port, int controllerPort, AdminLogin admin) {
    var settings = new HashMap<>(of(data, port, controllerPort));
    settings.put("inter.broker.listener.name", SECURED);
    settings.put(
        "listener.security.protocol.map",
        SECURED + ":" + SECURED + "," + CONTROLLER + ":" + SECURED);
    settings.put(
        "listeners",
        "%s://localhost:%d,%s://localhost:%d".formatted(SECURED, port, CONTROLLER, controllerPort));
    settings.put("advertised.listeners", SECURED + "://localhost:" + port);
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put("sasl.mechanism.controller.protocol", "PLAIN");
    settings.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256");
    settings.put("listener.name.controller.sasl.enabled.mechanisms", "PLAIN");
    settings.put("listener.name.controller.plain.sasl.jaas.config", admin.brokersJaas());
    settings.put("listener.name.sasl_plaintext.plain.sasl.jaas.config", admin.brokersJaas());
    settings.put(
        "listener.name.sasl_plaintext.scram-sha-256.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    settings.put("connections.max.reauth.ms", ASK_AGAIN);
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("allow.everyone.if.no.acl.found", "false");
    settings.put("super.users", AdminLogin.principal());
    return settings;
  }

  /** Those of its controller without the broker, which gives brokers up at once. */
  static Map<String, String> controllerAlone(Map<String, String> both, int controllerPort) {
    var settings = new HashMap<>(both);
    settings.put("process.roles", "controller");
    settings.put("listeners", CONTROLLER + "://localhost:" + controllerPort);
    settings.remove("advertised.listeners");
    settings.put("broker.session.timeout.ms", "250");
    settings.put("broker.heartbeat.interval.ms", "100");
    return settings;
  }

  static Map<String, String> of(Path data, int port, int controllerPort) {
    var settings = new HashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", String.valueOf(NODE));
    settings.put("log.dirs", data.toString());
    settings.put("controller.quorum.voters", NODE + "@localhost:" + controllerPort);
    settings.put("controller.listener.names", CONTROLLER);
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put(
        "listeners",
        "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d".formatted(port, controllerPort));
    settings.put("advertised.listeners", "PLAINTEXT://localhost:" + port);
    settings.put("auto.create.topics.enable", "false");

    // There is one broker, hence one replica of everything.
    settings.put("default.replication.factor", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");

    // 50 partitions each, the default, would be 50 folders and their open files for one group.
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");

    // 2 MiB, not 128 MiB: in a small heap the default ends the JVM without a word.
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    // The smallest buffers that still hold one message of max.message.bytes.
    settings.put("log.cleaner.io.buffer.size", "524288");

    // Nobody else joins; waiting 3 s for others, the default, only delays the first fact.
    settings.put("group.initial.rebalance.delay.ms", "0");
    // After a kill the dead member must be given up in seconds: 45 s, the default, is a long pause
    // in a demo. Clients ask for what they want, within these bounds.
    settings.put("group.min.session.timeout.ms", "1000");
    // How often transactions that a dead engine left open are looked for (default 10 s); readers
    // of committed records wait for that long.
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
    // Nobody could take over from a broker that is alone. To give it up, as after a long pause of
    // this JVM (default 9 s), would only lose the ends of transactions; see KilledBroker.
    settings.put("broker.session.timeout.ms", "60000");
    return settings;
  }
}
