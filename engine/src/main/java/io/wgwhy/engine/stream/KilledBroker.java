package io.wgwhy.engine.stream;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.publisher.MetadataPublisher;
import org.apache.kafka.metadata.BrokerRegistration;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a broker that was killed leaves behind: by the controller's records it is alive, and leads
 * all partitions. One that comes back would take up transactions that were about to end, and lose
 * their ends in the very moment in which its former self is given up; such a transaction stays open
 * for ever. So that one is given up before, by a controller that runs alone.
 */
final class KilledBroker implements MetadataPublisher {
  private static final Logger log = LoggerFactory.getLogger(KilledBroker.class);

  /** Kafka makes it when all was written that had to be, and takes it away when it begins. */
  private static final String CLEAN = ".kafka_cleanshutdown";

  private static final String RECORDS = "__cluster_metadata-0";

  /** For a busy machine; it takes a second. */
  private static final int PATIENCE_SECONDS = 60;

  private final CompletableFuture<Void> isGivenUp = new CompletableFuture<>();

  private KilledBroker() {}

  /** Whether a broker's data is that of one that was not shut down. */
  static boolean left(Path data) {
    return Files.exists(data.resolve(RECORDS)) && !Files.exists(data.resolve(CLEAN));
  }

  /**
   * Has it given up.
   *
   * @param settings of a controller that gives up soon who is not there
   */
  static void giveUp(Map<String, String> settings) {
    var config = new KafkaConfig(settings, false);
    var begun = KafkaRaftServer.initializeLogDirs(config, log, "");
    var shared =
        new SharedServer(
            config,
            begun._1(),
            Time.SYSTEM,
            new Metrics(),
            CompletableFuture.completedFuture(
                QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
            List.of(),
            new StandardFaultHandlerFactory(),
            ServerSocketFactory.INSTANCE);
    var controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), begun._2());
    try {
      controller.startup();
      var killed = new KilledBroker();
      shared.loader().installPublishers(List.of(killed)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      killed.isGivenUp.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The broker that was killed is not given up", e);
    } finally {
      controller.shutdown();
    }
  }

  @Override
  public String name() {
    return "KilledBroker";
  }

  @Override
  public void onMetadataUpdate(MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
    BrokerRegistration registration = image.cluster().broker(EmbeddedBrokerSettings.NODE);
    if (registration == null || registration.fenced()) {
      isGivenUp.complete(null);
    }
  }
}
