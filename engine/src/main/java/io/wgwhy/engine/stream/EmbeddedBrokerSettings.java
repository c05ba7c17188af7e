package io.wgwhy.engine.stream;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of a broker that is alone and shares its JVM: small, quick to start, loopback. */
final class EmbeddedBrokerSettings {

  static final int NODE = 1;
  static final String CONTROLLER = "CONTROLLER";

  private EmbeddedBrokerSettings() {}

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
    // A killed broker comes back as soon as its old session has ended (default 9 s).
    settings.put("broker.session.timeout.ms", "2000");
    settings.put("broker.heartbeat.interval.ms", "500");
    return settings;
  }
}
