package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

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
      }
      throw failed;
    }
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
