package io.wgwhy.cli.alert;

import static io.wgwhy.cli.alert.Published.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import io.wgwhy.connectors.sink.dispatch.Silence;
import io.wgwhy.connectors.sink.dispatch.Silences;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Subject;
import io.wgwhy.facts.finding.Subject.EndSubject;
import io.wgwhy.facts.finding.Subject.TunnelSubject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** From the topic to people, through a real broker. */
class TellersTest extends TellersCase {
  private static final String CANARY = "T0PSECRETcanary";

  @Test
  void whoever_is_stopped_and_started_tells_what_came_meanwhile_and_nothing_twice()
      throws Exception {
    Path file = folder.resolve("alerts.jsonl");
    String settings = "file: {path: '%s'}".formatted(file);
    try (Published topic = new Published(client)) {
      Finding early = topic.open(name + "-early");
      Finding first;
      try (Tellers tellers = tellers(settings)) {
        await(() -> events(file).contains("opened " + early.id()));
        first = topic.open(name + "-first");
        await(() -> events(file).contains("opened " + first.id()));
        assertThat(tellers.isBroken()).isFalse();
      }
      topic.resolve(first);
      Finding second = topic.open(name + "-second");
      topic.resolve(second);
      topic.send("poison", "{no finding".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      topic.publish(early);
      try (Tellers tellers = tellers(settings)) {
        Finding third = topic.open(name + "-third");
        await(() -> events(file).contains("opened " + third.id()));
        assertThat(tellers.isBroken()).isFalse();
      }
      assertThat(events(file).stream().filter(it -> it.contains(name)))
          .containsExactly(
              "opened " + early.id(),
              "opened " + first.id(),
              "resolved " + first.id(),
              "opened " + second.id(),
              "resolved " + second.id(),
              "opened " + name + "-third");
    }
  }

  /** In the midst of an incident somebody wants to know more. */
  @Test
  void a_receiver_whose_route_is_made_wider_hears_once_of_what_is_open_and_it_never_heard_of()
      throws Exception {
    Path file = folder.resolve("alerts.jsonl");
    String sink = "file: {path: '%s'}".formatted(file);
    String narrow = "causes: [udp-port-blocked-by-host-firewall]\n    ";
    try (Published topic = new Published(client)) {
      Finding known;
      try (Tellers tellers = tellers(narrow + sink)) {
        known = topic.open(name + "-known");
        await(() -> events(file).contains("opened " + known.id()));
        assertThat(tellers.isBroken()).isFalse();
      }
      Finding unknown = topic.open(name + "-unknown", "wrong-port");
      Finding over = topic.open(name + "-over", "wrong-port");
      topic.resolve(over);
      try (Tellers tellers = tellers(narrow + sink)) {
        Finding next = topic.open(name + "-next");
        await(() -> events(file).contains("opened " + next.id()));
        assertThat(tellers.isBroken()).isFalse();
      }
      for (int i = 0; i < 2; i++) {
        try (Tellers tellers = tellers(sink)) {
          await(() -> events(file).contains("opened " + unknown.id()));
          Finding late = topic.open(name + "-late" + i);
          await(() -> events(file).contains("opened " + late.id()));
          assertThat(tellers.isBroken()).isFalse();
        }
      }
      assertThat(events(file).stream().filter(it -> it.contains(name)))
          .containsExactly(
              "opened " + known.id(),
              "opened " + name + "-next",
              "opened " + unknown.id(),
              "opened " + name + "-late0",
              "opened " + name + "-late1");
    }
  }

  @Test
  void one_that_is_slow_or_away_or_refuses_keeps_nobody_else_waiting_and_no_secret_is_logged()
      throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger root = (Logger) LoggerFactory.getLogger("io.wgwhy");
    root.addAppender(log);
    root.setLevel(Level.TRACE);
    CountDownLatch patience = new CountDownLatch(1);
    List<String> slowGot = Collections.synchronizedList(new ArrayList<>());
    HttpServer slow =
        server(
            body -> {
              patience.await();
              slowGot.add(body);
              return 200;
            });
    HttpServer refusing = server(body -> body.contains("poison") ? 400 : 200);
    Path secret = Files.writeString(folder.resolve("secret"), CANARY);
    Path file = folder.resolve("alerts.jsonl");
    Path refused = folder.resolve("refused.jsonl");
    Path config =
        Files.writeString(
            folder.resolve("alert.yaml"),
            """
            refused: %s
            receivers:
              - name: %s-slow
                webhook: {url: 'http://127.0.0.1:%d/', timeout: 2s, token: {file: %s}}
              - name: %s-away
                webhook: {url: 'http://127.0.0.1:1/', key: {file: %s}}
              - name: %s-refusing
                webhook: {url: 'http://127.0.0.1:%d/', token: {file: %s}}
              - name: %s-alertmanager
                alertmanager: {url: 'http://127.0.0.1:1/', user: wgwhy, password: {file: %s}}
              - name: %s-chat
                chat: {url: {file: %s}}
              - name: %s-mail
                mail: {host: 127.0.0.1, port: 1, user: wgwhy, password: {file: %s}, from: a@example.org, to: b@example.org}
              - name: %s-file
                file: {path: %s}
            """
                .formatted(
                    refused,
                    name,
                    slow.getAddress().getPort(),
                    secret,
                    name,
                    secret,
                    name,
                    refusing.getAddress().getPort(),
                    secret,
                    name,
                    secret,
                    name,
                    Files.writeString(folder.resolve("url"), "http://127.0.0.1:1/" + CANARY),
                    name,
                    secret,
                    name,
                    file));
    try (Published topic = new Published(client);
        Tellers tellers = Tellers.start(client, SettingsFile.read(config))) {
      Thread.sleep(4_000);
      Instant start = Instant.now();
      Finding poison = topic.open(name + "-poison");
      Finding good = topic.open(name + "-good");
      await(() -> events(file).contains("opened " + good.id()));
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMillis(1500));
      await(() -> Files.exists(refused) && Files.readString(refused).contains(poison.id()));
      assertThat(Files.readString(refused)).contains("HTTP 400").doesNotContain(good.id());
      Thread.sleep(3_000);
      patience.countDown();
      await(() -> slowGot.stream().anyMatch(it -> it.contains(good.id())));
      assertThat(tellers.isBroken()).isFalse();
    } finally {
      root.detachAppender(log);
      root.setLevel(null);
      slow.stop(0);
      refusing.stop(0);
    }
    String logged = log.list.toString();
    assertThat(logged)
        .contains(name + "-away does not take notices (connection: cannot reach 127.0.0.1:1)")
        .contains(name + "-slow does not take notices (timeout:")
        .contains(name + "-alertmanager does not take notices (connection:")
        .contains(name + "-chat does not take notices (connection:")
        .contains(name + "-mail does not take notices (connection:")
        .contains(name + "-refusing refuses opened")
        .doesNotContain(CANARY);
    assertThat(Files.readString(refused)).doesNotContain(CANARY);
    assertThat(ProcessHandle.current().info().commandLine().orElse("")).doesNotContain(CANARY);
  }

  @Test
  void after_a_silence_what_is_still_true_is_told_even_by_another_process() throws Exception {
    Path file = folder.resolve("alerts.jsonl");
    Path silences = folder.resolve("silences.jsonl");
    String settings = "file: {path: '%s'}".formatted(file);
    Instant now = Instant.now();
    Instant end = now.plusSeconds(12);
    try (Published topic = new Published(client)) {
      Finding over;
      Finding lasting;
      try (Tellers tellers = tellers(settings)) {
        Finding first = topic.open(name + "-first");
        await(() -> events(file).contains("opened " + first.id()));
        Silences.write(
            silences,
            new Silence("s", null, null, "test-server", null, null, now, end, "maintenance"));
        Thread.sleep(1_000);
        over = topic.open(name + "-over");
        lasting = topic.open(name + "-lasting");
        topic.resolve(over);
        Thread.sleep(2_000);
        assertThat(events(file)).doesNotContain("opened " + lasting.id());
        assertThat(tellers.isBroken()).isFalse();
      }
      try (Tellers tellers = tellers(settings)) {
        await(() -> events(file).contains("opened " + lasting.id()));
        assertThat(Instant.now()).isAfterOrEqualTo(end);
        assertThat(tellers.isBroken()).isFalse();
      }
      try (Tellers tellers = tellers(settings)) {
        Finding next = topic.open(name + "-next");
        await(() -> events(file).contains("opened " + next.id()));
        assertThat(tellers.isBroken()).isFalse();
      }
      assertThat(events(file)).doesNotContain("opened " + over.id());
      assertThat(events(file).stream().filter(("opened " + lasting.id())::equals)).hasSize(1);
    }
  }

  @Test
  void of_what_somebody_has_acknowledged_only_the_end_is_told_even_by_another_process()
      throws Exception {
    Path file = folder.resolve("alerts.jsonl");
    String settings = "file: {path: '%s'}".formatted(file);
    try (Published topic = new Published(client)) {
      Finding known = topic.open(name + "-known");
      try (Tellers tellers = tellers(settings)) {
        await(() -> events(file).contains("opened " + known.id()));
        Silences.write(
            folder.resolve("silences.jsonl"),
            Silence.acknowledging("a", ACME, known, Instant.now(), "Ada is on it"));
        Thread.sleep(1_000);
        topic.publish(known.affecting(2, of("other-client")));
        Finding next = topic.open(name + "-next");
        await(() -> events(file).contains("opened " + next.id()));
        assertThat(tellers.isBroken()).isFalse();
      }
      try (Tellers tellers = tellers(settings)) {
        topic.publish(known.affecting(3, of("third-client")));
        Finding late = topic.open(name + "-late");
        await(() -> events(file).contains("opened " + late.id()));
        topic.resolve(known);
        await(() -> events(file).contains("resolved " + known.id()));
        assertThat(tellers.isBroken()).isFalse();
      }
      assertThat(events(file).stream().filter(it -> it.contains(name)))
          .containsExactly(
              "opened " + known.id(),
              "opened " + name + "-next",
              "opened " + name + "-late",
              "resolved " + known.id());
    }
  }

  private static Subject of(String client) {
    return new Subject(
        new TunnelSubject(
            new EndSubject(client, "wg0", null), new EndSubject("test-server", "wg0", null)));
  }

  private interface Status {
    int of(String body) throws InterruptedException;
  }

  private static HttpServer server(Status status) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(status.of(body), -1);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    return server;
  }
}
