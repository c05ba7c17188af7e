package io.wgwhy.engine.stream;

import io.wgwhy.connectors.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An engine in a process of its own, so that it can be killed. */
final class EngineProcess {

  static final String NAME = "wgwhy-engine";

  private static final String CLIENT = "client.";

  /** A dead engine is given up sooner than by {@link EngineSettings}: tests wait for that. */
  static final Map<String, String> QUICK =
      Map.of(
          "client.main.consumer.session.timeout.ms", "2000",
          "client.main.consumer.heartbeat.interval.ms", "500",
          "client.producer.transaction.timeout.ms", "3000");

  private EngineProcess() {}

  static Process fork(String bootstrap, Path folder) throws IOException {
    return fork(bootstrap, folder, QUICK);
  }

  /**
   * @param properties of its JVM; those that begin with {@code client.} are settings for Kafka
   */
  static Process fork(String bootstrap, Path folder, Map<String, String> properties)
      throws IOException {
    Files.createDirectories(folder);
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(EngineProcess.class.getName(), bootstrap, folder.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()))
        .start();
  }

  /** All that forked engines of this folder wrote. */
  static Path log(Path folder) {
    return folder.resolve("log");
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    start(args[0].equals("embedded") ? startBroker(folder) : args[0], folder, 1);
    Thread.currentThread().join();
  }

  /** Where the broker of a process that was forked as "embedded" listens; waits until it does. */
  static String address(Path folder) throws Exception {
    while (!Files.exists(folder.resolve("address"))) {
      Thread.sleep(20);
    }
    return Files.readString(folder.resolve("address"));
  }

  private static String startBroker(Path folder) throws IOException {
    var broker = EmbeddedBroker.start(folder.resolve("broker"));
    var written = Files.writeString(folder.resolve("address.new"), broker.bootstrapServers());
    Files.move(written, folder.resolve("address"), StandardCopyOption.ATOMIC_MOVE);
    return broker.bootstrapServers();
  }

  static Engine start(String bootstrap, Path folder, int threads) {
    var client = new HashMap<String, Object>();
    System.getProperties()
        .forEach(
            (name, value) -> {
              if (name.toString().startsWith(CLIENT)) {
                client.put(name.toString().substring(CLIENT.length()), value);
              }
            });
    client.put("bootstrap.servers", bootstrap);
    var topics = new Topics(Map.of("bootstrap.servers", bootstrap));
    // Few sessions, so that they come and go while facts arrive.
    var size = new Engine.Size(NAME, folder, threads, 3);
    return Engine.start(client, Driver.builtIn(), topics::createOutputs, size);
  }
}
