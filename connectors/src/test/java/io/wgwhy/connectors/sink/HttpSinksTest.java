package io.wgwhy.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.net.httpserver.HttpExchange;
import io.wgwhy.connectors.sink.Delivery.Again;
import io.wgwhy.connectors.sink.Delivery.Reason;
import io.wgwhy.connectors.sink.Delivery.Refused;
import io.wgwhy.connectors.sink.alertmanager.AlertmanagerSettings;
import io.wgwhy.connectors.sink.chat.ChatSettings;
import io.wgwhy.connectors.sink.webhook.WebhookSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every sink that speaks HTTP does, whatever the receiver does. */
@Timeout(30)
class HttpSinksTest {
  private static final String CANARY = "T0PSECRETcanary";
  private static final Span LIMIT = Span.of("1500ms");

  @TempDir static Path folder;

  enum Kind {
    ALERTMANAGER,
    WEBHOOK,
    CHAT;

    Sink to(String url) throws IOException {
      Path secret = Files.createTempFile(folder, "url", "");
      Files.writeString(secret, url + "/hook/" + CANARY + "\n");
      Address address = Address.of(Secret.inFile(secret));
      Path file = Files.createTempFile(folder, "token", "");
      Files.writeString(file, CANARY);
      Secret token = Secret.inFile(file);
      return switch (this) {
        case ALERTMANAGER ->
            new AlertmanagerSettings(address, token, null, null, null, LIMIT, null).open();
        case WEBHOOK -> new WebhookSettings(address, token, token, null, LIMIT).open();
        case CHAT -> new ChatSettings(Secret.inFile(secret), null, null, LIMIT).open();
      };
    }
  }

  static Stream<Arguments> statuses() {
    return Stream.of(
        arguments(301, Reason.SETTING),
        arguments(401, Reason.AUTHORISATION),
        arguments(403, Reason.AUTHORISATION),
        arguments(404, Reason.SETTING),
        arguments(405, Reason.SETTING),
        arguments(408, Reason.BUSY),
        arguments(410, Reason.SETTING),
        arguments(425, Reason.BUSY),
        arguments(429, Reason.BUSY),
        arguments(500, Reason.SERVER),
        arguments(502, Reason.SERVER),
        arguments(503, Reason.SERVER),
        arguments(400, null),
        arguments(413, null),
        arguments(422, null));
  }

  @ParameterizedTest
  @EnumSource
  void what_is_taken_is_delivered(Kind kind) throws Exception {
    try (Receiver receiver = Receiver.that(Receiver.status(200, "ok"));
        Sink sink = kind.to(receiver.url())) {
      assertThat(tell(sink)).isEqualTo(Delivery.delivered());
      assertThat(receiver.requests).hasSize(1);
      assertThat(receiver.requests.get(0).path()).startsWith("/hook/" + CANARY);
      assertThat(receiver.requests.get(0).body()).contains(Notices.RUN);
    }
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void a_status_tells_whether_to_try_again(int status, Reason reason) throws Exception {
    for (Kind kind : Kind.values()) {
      try (Receiver receiver = Receiver.that(Receiver.status(status, "no"));
          Sink sink = kind.to(receiver.url())) {
        Delivery delivery = tell(sink);
        if (reason == null) {
          assertThat(delivery).isEqualTo(new Refused("HTTP " + status + ": no"));
        } else {
          assertThat(delivery)
              .isInstanceOfSatisfying(
                  Again.class,
                  it -> {
                    assertThat(it.reason()).isEqualTo(reason);
                    assertThat(it.says()).startsWith("HTTP " + status + ": no");
                  });
        }
        assertThat(receiver.requests).as("one attempt each").hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void who_is_busy_says_for_how_long(Kind kind) throws Exception {
    Receiver.Answer busy =
        (exchange, request) -> {
          exchange.getResponseHeaders().add("Retry-After", "7");
          Receiver.send(exchange, 429, "");
        };
    try (Receiver receiver = Receiver.that(busy);
        Sink sink = kind.to(receiver.url())) {
      assertThat(tell(sink))
          .isInstanceOfSatisfying(
              Again.class, it -> assertThat(it.notBefore()).isEqualTo(Duration.ofSeconds(7)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void redirections_are_not_followed(Kind kind) throws Exception {
    try (Receiver stranger = Receiver.that(Receiver.status(200, ""));
        Receiver receiver =
            Receiver.that(
                (exchange, request) -> {
                  exchange.getResponseHeaders().add("Location", stranger.url());
                  Receiver.send(exchange, 307, "");
                });
        Sink sink = kind.to(receiver.url())) {
      assertThat(tell(sink)).isInstanceOf(Again.class);
      assertThat(stranger.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void who_does_not_answer_is_waited_for_as_long_as_told(Kind kind) throws Exception {
    try (Receiver silent = Receiver.that((exchange, request) -> Thread.sleep(5_000));
        Sink sink = kind.to(silent.url())) {
      assertTimesOut(sink);
    }
  }

  @ParameterizedTest
  @EnumSource
  void who_answers_drop_by_drop_is_waited_for_no_longer(Kind kind) throws Exception {
    try (Receiver slow = Receiver.that(HttpSinksTest::trickle);
        Sink sink = kind.to(slow.url())) {
      assertTimesOut(sink);
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_endless_answer_is_not_read_to_its_end(Kind kind) throws Exception {
    try (Receiver chatty =
            Receiver.that(
                (exchange, request) -> {
                  exchange.sendResponseHeaders(500, 0);
                  while (true) {
                    exchange.getResponseBody().write(new byte[65536]);
                  }
                });
        Sink sink = kind.to(chatty.url())) {
      assertThat(reason(sink)).isEqualTo(Reason.SERVER);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobody_there_is_tried_again(Kind kind) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (Sink sink = kind.to("http://127.0.0.1:" + port)) {
      assertThat(reason(sink)).isEqualTo(Reason.CONNECTION);
    }
    try (Sink sink = kind.to("http://no-such-host.invalid")) {
      assertThat(reason(sink)).isEqualTo(Reason.CONNECTION);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_connection_that_breaks_is_tried_again(Kind kind) throws Exception {
    try (Receiver rude = Receiver.that((exchange, request) -> exchange.close());
        Sink sink = kind.to(rude.url())) {
      assertThat(reason(sink)).isEqualTo(Reason.CONNECTION);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_certificate_that_nobody_signed_is_not_trusted(Kind kind) throws Exception {
    try (Receiver receiver = Receiver.untrusted();
        Sink sink = kind.to(receiver.url())) {
      assertThat(reason(sink)).isEqualTo(Reason.TLS);
      assertThat(receiver.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void no_secret_is_in_what_is_said_even_if_the_receiver_says_it(Kind kind) throws Exception {
    Receiver.Answer echo =
        (exchange, request) ->
            Receiver.send(exchange, 500, request.path() + " " + request.headers());
    try (Receiver receiver = Receiver.that(echo);
        Sink sink = kind.to(receiver.url())) {
      Delivery delivery = tell(sink);
      assertThat(delivery.toString()).contains("HTTP 500").doesNotContain(CANARY);
    }
    for (String url :
        List.of("http://127.0.0.1:1", "http://no-such-host.invalid", "https://127.0.0.1:1")) {
      try (Sink sink = kind.to(url)) {
        assertThat(tell(sink).toString()).doesNotContain(CANARY);
      }
    }
  }

  @Test
  void a_secret_that_is_gone_is_waited_for_and_a_new_one_is_used_at_once() throws Exception {
    Path file = Files.writeString(folder.resolve("rotated"), "first-token");
    try (Receiver receiver = Receiver.that(Receiver.status(200, ""));
        Sink sink =
            new WebhookSettings(Address.of(receiver.url()), null, Secret.inFile(file), null, LIMIT)
                .open()) {
      tell(sink);
      Files.delete(file);
      assertThat(reason(sink)).isEqualTo(Reason.SETTING);
      Files.writeString(file, "second-token");
      tell(sink);
      assertThat(receiver.requests)
          .extracting(it -> it.header("Authorization"))
          .containsExactly("Bearer first-token", "Bearer second-token");
    }
  }

  private static void trickle(HttpExchange exchange, Receiver.Request request)
      throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 1000);
    for (int i = 0; i < 1000; i++) {
      exchange.getResponseBody().write('.');
      exchange.getResponseBody().flush();
      Thread.sleep(50);
    }
  }

  private static void assertTimesOut(Sink sink) throws InterruptedException {
    long start = System.nanoTime();
    assertThat(reason(sink)).isEqualTo(Reason.TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
  }

  private static Reason reason(Sink sink) throws InterruptedException {
    Delivery delivery = tell(sink);
    assertThat(delivery).isInstanceOf(Again.class);
    return ((Again) delivery).reason();
  }

  private static Delivery tell(Sink sink) throws InterruptedException {
    return sink.deliver(List.of(Notices.opened("f1")));
  }
}
