package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What is to be known of an engine that does not go on, before it and its folder are gone. */
final class Standstill {
  private static final int LINES = 60;

  /** A part of a test. */
  interface Step {
    void run() throws Exception;
  }

  private Standstill() {}

  /** Runs a part of a test; if that fails, tells what threads, transactions and the log say. */
  static void explained(Map<String, Object> client, Process engine, Path folder, Step step)
      throws Exception {
    try {
      step.run();
    } catch (AssertionError failed) {
      print("log", lastLines(EngineProcess.log(folder)));
      print("threads", threads(engine));
      try (var admin = Admin.create(client)) {
        print("transactions", admin.listTransactions().all().get().toString());
        print(
            "offsets",
            admin
                .listConsumerGroupOffsets(EngineProcess.NAME)
                .partitionsToOffsetAndMetadata()
                .get()
                .toString());
        print("open transactions", openTransactions(admin));
      }
      throw failed;
    }
  }

  /**
   * Of each partition in which a transaction is open where it begins, and up to where committed
   * readers get. One that the list of transactions does not call ongoing is open for ever: who has
   * to read behind it, as when something is restored, waits for ever, too.
   */
  private static String openTransactions(Admin admin) throws Exception {
    var partitions = new ArrayList<TopicPartition>();
    admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get().values().stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .map(it -> new TopicPartition(topic.name(), it.partition())))
        .forEach(partitions::add);
    var committed =
        admin
            .listOffsets(
                partitions.stream().collect(Collectors.toMap(it -> it, it -> OffsetSpec.latest())),
                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
            .all()
            .get();
    var open = new StringBuilder();
    admin
        .describeProducers(partitions)
        .all()
        .get()
        .forEach(
            (partition, state) ->
                state.activeProducers().stream()
                    .filter(it -> it.currentTransactionStartOffset().isPresent())
                    .forEach(
                        it ->
                            open.append(partition)
                                .append(" committed up to ")
                                .append(committed.get(partition).offset())
                                .append(": ")
                                .append(it)
                                .append('\n')));
    return open.toString();
  }

  private static void print(String what, String text) {
    System.err.printf("the engine stands still, %s:%n%s%n", what, text);
  }

  private static String lastLines(Path log) throws IOException {
    List<String> all = Files.readAllLines(log);
    return String.join("\n", all.subList(Math.max(0, all.size() - LINES), all.size()));
  }

  private static String threads(Process engine) throws IOException {
    String jstack = Path.of(System.getProperty("java.home"), "bin", "jstack").toString();
    Process asked =
        new ProcessBuilder(jstack, Long.toString(engine.pid())).redirectErrorStream(true).start();
    return new String(asked.getInputStream().readAllBytes(), UTF_8);
  }
}
