package io.wgwhy.connectors.sink.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.connectors.sink.Delivery;
import io.wgwhy.connectors.sink.Delivery.Again;
import io.wgwhy.connectors.sink.Delivery.Reason;
import io.wgwhy.connectors.sink.Delivery.Refused;
import io.wgwhy.connectors.sink.Keys;
import io.wgwhy.connectors.sink.Notices;
import io.wgwhy.connectors.sink.Secret;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.connectors.sink.Span;
import io.wgwhy.connectors.sink.mail.MailSettings.Security;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MailTest {
  private static final String CANARY = "T0PSECRETcanary";

  @TempDir Path folder;

  @Test
  void a_mail_says_what_is_wrong_and_how_to_repair_it() throws Exception {
    GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    server.start();
    try (Sink sink = plain(server.getSmtp().getPort())) {
      assertThat(sink.deliver(List.of(Notices.opened("f1")))).isEqualTo(Delivery.delivered());
      assertThat(sink.deliver(List.of(Notices.opened("f1")))).isEqualTo(Delivery.delivered());
      assertThat(sink.deliver(List.of(Notices.resolved("f1")))).isEqualTo(Delivery.delivered());
      MimeMessage[] mails = server.getReceivedMessages();
      assertThat(mails[0].getSubject())
          .isEqualTo("[wgwhy] acme: srv's firewall drops WireGuard's packets (confirmed)");
      String text = mails[0].getContent().toString();
      assertThat(text)
          .contains("cli wg0 → srv wg0 · no handshake", Notices.RUN, "11 initiations arrived");
      assertThat(mails[1].getMessageID()).as("told twice").isEqualTo(mails[0].getMessageID());
      assertThat(mails[2].getSubject()).contains("Over now: srv's firewall");
      assertThat(mails[2].getHeader("References")).isEqualTo(mails[0].getHeader("References"));
      assertThat(mails[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
    } finally {
      server.stop();
    }
  }

  @Test
  void many_findings_are_one_mail() throws Exception {
    GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    server.start();
    try (Sink sink = plain(server.getSmtp().getPort())) {
      sink.deliver(List.of(Notices.opened("f1"), Notices.opened("f2"), Notices.resolved("f3")));
      MimeMessage[] mails = server.getReceivedMessages();
      assertThat(mails).hasSize(1);
      assertThat(mails[0].getSubject()).isEqualTo("[wgwhy] 3 findings: 2 open, 1 over");
    } finally {
      server.stop();
    }
  }

  @Test
  void without_tls_no_password_is_sent() throws Exception {
    GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    server.start();
    try (Sink sink = settings(server.getSmtp().getPort(), null, CANARY).open()) {
      Delivery delivery = sink.deliver(List.of(Notices.opened("f1")));
      assertThat(reason(delivery)).isEqualTo(Reason.TLS);
      assertThat(delivery.toString()).doesNotContain(CANARY);
      assertThat(server.getReceivedMessages()).isEmpty();
    } finally {
      server.stop();
    }
    assertThatThrownBy(() -> settings(25, Security.NONE, CANARY)).isInstanceOf(BadSetting.class);
  }

  @Test
  void a_certificate_that_nobody_signed_is_not_trusted() throws Exception {
    GreenMail server = new GreenMail(ServerSetupTest.SMTPS.dynamicPort());
    server.start();
    try (Sink sink = settings(server.getSmtps().getPort(), Security.TLS, CANARY).open()) {
      assertThat(reason(sink.deliver(List.of(Notices.opened("f1"))))).isEqualTo(Reason.TLS);
    } finally {
      server.stop();
    }
  }

  @Test
  void a_reply_tells_whether_to_try_again() throws Exception {
    assertThat(reason(after("RCPT", "550 5.1.1 no such user"))).isEqualTo(Reason.SETTING);
    assertThat(reason(after("RCPT", "450 4.2.1 greylisted"))).isEqualTo(Reason.BUSY);
    assertThat(reason(after("MAIL", "421 4.3.2 shutting down"))).isEqualTo(Reason.BUSY);
    assertThat(reason(after("data", "451 4.3.0 try later"))).isEqualTo(Reason.BUSY);
    assertThat(after("data", "554 5.7.1 spam")).isInstanceOf(Refused.class);
    assertThat(after("data", "552 5.3.4 too large")).isInstanceOf(Refused.class);
    assertThat(reason(after("MAIL", ""))).as("silence").isEqualTo(Reason.TIMEOUT);
  }

  @Test
  void a_server_that_takes_no_mail_of_ours_throws_none_away() throws Exception {
    assertThat(reason(after("MAIL", "530 5.7.0 Authentication required")))
        .isEqualTo(Reason.AUTHORISATION);
    assertThat(reason(after("MAIL", "550 5.7.1 relaying denied"))).isEqualTo(Reason.SETTING);
    assertThat(reason(after("MAIL", "553 5.1.8 sender refused"))).isEqualTo(Reason.SETTING);
    assertThat(reason(after("greeting", "554 5.7.1 blocklisted"))).isEqualTo(Reason.SERVER);
    assertThat(after("DATA", "554 5.6.0 not this one")).isInstanceOf(Refused.class);
  }

  @Test
  void nobody_there_is_tried_again() throws Exception {
    try (Sink sink = plain(1)) {
      assertThat(reason(sink.deliver(List.of(Notices.opened("f1"))))).isEqualTo(Reason.CONNECTION);
    }
  }

  @Test
  void a_server_whose_certificate_is_trusted_gets_the_login_and_the_mail() throws Exception {
    Keys keys = Keys.of("ip:127.0.0.1", folder);
    Map<String, String> replies =
        Map.of("EHLO", "250-here\r\n250 AUTH PLAIN", "AUTH", "235 welcome");
    try (ServerSocket server = serving(keys.server(), replies);
        Sink sink = trusting(keys.certificate(), server.getLocalPort(), CANARY).open()) {
      assertThat(sink.deliver(List.of(Notices.opened("f1")))).isEqualTo(Delivery.delivered());
      assertThat(sink.deliver(List.of(Notices.resolved("f1")))).isEqualTo(Delivery.delivered());
    }
  }

  @Test
  void with_starttls_login_and_mail_go_through_tls_alone() throws Exception {
    Keys keys = Keys.of("ip:127.0.0.1", folder);
    List<String> openly = new CopyOnWriteArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Sink sink =
            trusting(keys.certificate(), server.getLocalPort(), CANARY, Security.STARTTLS).open()) {
      each(server, socket -> upgrade(socket, keys, openly));
      assertThat(sink.deliver(List.of(Notices.opened("f1")))).isEqualTo(Delivery.delivered());
      assertThat(openly).containsExactly("EHLO wgwhy", "STARTTLS");
    }
  }

  private static void upgrade(Socket socket, Keys keys, List<String> openly) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    say(socket, "220 here");
    openly.add(in.readLine());
    say(socket, "250-here\r\n250 STARTTLS");
    openly.add(in.readLine());
    say(socket, "220 go on");
    Map<String, String> replies =
        Map.of("greeting", "", "EHLO", "250-here\r\n250 AUTH PLAIN", "AUTH", "235 welcome");
    try (Socket secured = keys.secure(socket)) {
      serve(secured, replies);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  @Test
  void a_certificate_of_another_name_is_not_trusted() throws Exception {
    Keys keys = Keys.of("dns:elsewhere.example.org", folder);
    try (ServerSocket server = serving(keys.server(), Map.of());
        Sink sink = trusting(keys.certificate(), server.getLocalPort(), null).open()) {
      assertThat(reason(sink.deliver(List.of(Notices.opened("f1"))))).isEqualTo(Reason.TLS);
    }
  }

  /** The system's authorities may have signed for somebody in between. */
  @Test
  void whom_the_authority_of_ones_own_does_not_know_nobody_else_is_asked_about() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path trusted = Keys.of("ip:127.0.0.1", other).certificate();
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket server = Keys.of("ip:127.0.0.1", folder).server();
        Sink sink = trusting(trusted, server.getLocalPort(), CANARY).open()) {
      each(
          server,
          socket -> {
            connections.incrementAndGet();
            serve(socket, Map.of());
          });
      assertThat(reason(sink.deliver(List.of(Notices.opened("f1"))))).isEqualTo(Reason.TLS);
      assertThat(connections).hasValue(1);
    }
  }

  @Test
  void a_login_that_is_refused_is_tried_again_and_not_shown_though_the_server_does()
      throws Exception {
    Keys keys = Keys.of("ip:127.0.0.1", folder);
    Map<String, String> replies =
        Map.of("EHLO", "250-here\r\n250 AUTH PLAIN", "AUTH", "535 5.7.8 wrong: " + CANARY);
    try (ServerSocket server = serving(keys.server(), replies);
        Sink sink = trusting(keys.certificate(), server.getLocalPort(), CANARY).open()) {
      Delivery delivery = sink.deliver(List.of(Notices.opened("f1")));
      assertThat(reason(delivery)).isEqualTo(Reason.AUTHORISATION);
      assertThat(delivery.toString()).doesNotContain(CANARY);
    }
  }

  /** Each byte comes in time; the answer does not. */
  @Test
  void who_answers_drop_by_drop_is_waited_for_no_longer_than_told() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Sink sink = plain(server.getLocalPort())) {
      each(server, MailTest::trickle);
      assertTimesOut(sink);
    }
    Keys keys = Keys.of("ip:127.0.0.1", folder);
    try (ServerSocket server = keys.server();
        Sink sink = trusting(keys.certificate(), server.getLocalPort(), null).open()) {
      each(server, MailTest::trickle);
      assertTimesOut(sink);
    }
  }

  private static void assertTimesOut(Sink sink) throws InterruptedException {
    Instant start = Instant.now();
    assertThat(reason(sink.deliver(List.of(Notices.opened("f1"))))).isEqualTo(Reason.TIMEOUT);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void whoever_has_taken_a_mail_and_does_not_say_good_bye_gets_no_second() throws Exception {
    assertThat(after("QUIT", "")).isEqualTo(Delivery.delivered());
  }

  /** What becomes of a mail when a server answers one command so, and all others well. */
  private Delivery after(String command, String reply) throws Exception {
    try (ServerSocket server =
            serving(
                new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), Map.of(command, reply));
        Sink sink = plain(server.getLocalPort())) {
      return sink.deliver(List.of(Notices.opened("f1")));
    }
  }

  private static ServerSocket serving(ServerSocket server, Map<String, String> replies) {
    each(server, socket -> serve(socket, replies));
    return server;
  }

  private interface Service {
    void serve(Socket socket) throws IOException, InterruptedException;
  }

  private static void each(ServerSocket server, Service service) {
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  service.serve(socket);
                } catch (IOException | InterruptedException e) {
                  // The client has gone, or the server is closed.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void trickle(Socket socket) throws IOException, InterruptedException {
    socket.getOutputStream().write("220 ".getBytes(US_ASCII));
    for (int i = 0; i < 200; i++) {
      socket.getOutputStream().write('.');
      socket.getOutputStream().flush();
      Thread.sleep(100);
    }
  }

  private static void serve(Socket socket, Map<String, String> replies) throws IOException {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
      say(socket, replies.getOrDefault("greeting", "220 here"));
      boolean data = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String verb = data ? "data" : line.split("[ :]")[0];
        if (data && !line.equals(".")) {
          continue;
        }
        String usual = verb.equals("DATA") ? "354 go on" : "250 well";
        say(socket, replies.getOrDefault(verb, usual));
        data = verb.equals("DATA") && !replies.containsKey("DATA");
      }
    }
  }

  private static void say(Socket socket, String reply) throws IOException {
    if (!reply.isEmpty()) {
      socket.getOutputStream().write((reply + "\r\n").getBytes(US_ASCII));
    }
  }

  private static Reason reason(Delivery delivery) {
    assertThat(delivery).isInstanceOf(Again.class);
    return ((Again) delivery).reason();
  }

  private Sink plain(int port) throws Exception {
    return settings(port, Security.NONE, null).open();
  }

  private MailSettings trusting(Path ca, int port, @Nullable String password) throws Exception {
    return trusting(ca, port, password, Security.TLS);
  }

  private MailSettings trusting(Path ca, int port, @Nullable String password, Security security)
      throws Exception {
    MailSettings it = settings(port, security, password);
    return new MailSettings(
        it.host(),
        port,
        it.security(),
        it.user(),
        it.password(),
        it.from(),
        it.to(),
        ca,
        it.timeout());
  }

  private MailSettings settings(int port, @Nullable Security security, @Nullable String password)
      throws Exception {
    Secret secret =
        password == null
            ? null
            : Secret.inFile(Files.writeString(folder.resolve("password"), password));
    return new MailSettings(
        "127.0.0.1",
        port,
        security,
        secret == null ? null : "wgwhy",
        secret,
        "wgwhy <wgwhy@example.org>",
        List.of("oncall@example.org"),
        null,
        Span.of("2s"));
  }
}
