package io.wgwhy.cli.alert;

import static io.wgwhy.cli.alert.Published.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.engine.stream.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A broker, and receivers of its own for each test. */
@Tag("slow")
@Timeout(180)
abstract class TellersCase {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @RegisterExtension static final TestBroker BROKER = TestBroker.open();
  static Map<String, Object> client = Map.of();
  private static int count;

  /** Each test has receivers of its own, which begin anew. */
  String name = "";

  @BeforeAll
  static void start() {
    client = BROKER.client();
    try (Topics topics = new Topics(client)) {
      topics.create(ACME);
    }
  }

  @BeforeEach
  void name() {
    name = "r" + ++count;
  }

  Tellers tellers(String kind) throws IOException {
    return Tellers.start(client, read(kind));
  }

  AlertSettings read(String kind) throws IOException {
    return SettingsFile.read(
        Files.writeString(
            folder.resolve("alert.yaml"),
            """
            silences: %s
            links: https://wgwhy.example.org/{tenant}/{finding}
            receivers:
              - name: %s
                %s
            """
                .formatted(folder.resolve("silences.jsonl"), name, kind)));
  }

  static List<String> events(Path file) throws IOException {
    List<String> events = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        JsonNode json = JSON.readTree(line);
        events.add(json.get("event").asText() + " " + json.at("/finding/id").asText());
      }
    }
    return events;
  }

  static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(50);
    }
  }
}
