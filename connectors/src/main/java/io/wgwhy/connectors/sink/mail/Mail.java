package io.wgwhy.connectors.sink.mail;

import io.wgwhy.connectors.sink.Delivery;
import io.wgwhy.connectors.sink.Delivery.Reason;
import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Secret;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.connectors.sink.mail.MailSettings.Security;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends one mail for what is told at once: whoever is woken by fifty mails reads none. The mails
 * about one finding are one conversation.
 */
final class Mail implements Sink {
  private static final int BATCH = 50;

  /** For all of it; servers look at a mail before they take it, and some greet late on purpose. */
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

  private final MailSettings settings;
  private final Duration timeout;
  private final Line line = new Line();
  private final Session session;

  /**
   * @param sockets for TLS
   */
  Mail(MailSettings settings, SSLSocketFactory sockets) {
    this.settings = settings;
    this.timeout = settings.timeout() == null ? USUAL_TIMEOUT : settings.timeout().length();
    this.session = Session.getInstance(properties(settings, sockets));
  }

  private Properties properties(MailSettings it, SSLSocketFactory sockets) {
    Properties all = new Properties();
    String millis = String.valueOf(timeout.toMillis());
    all.put("mail.smtp.host", it.host());
    all.put("mail.smtp.port", String.valueOf(it.portOrUsual()));
    all.put("mail.smtp.connectiontimeout", millis);
    all.put("mail.smtp.timeout", millis);
    all.put("mail.smtp.writetimeout", millis);
    all.put("mail.smtp.auth", String.valueOf(it.user() != null));
    all.put("mail.smtp.starttls.enable", String.valueOf(it.protection() == Security.STARTTLS));
    all.put("mail.smtp.starttls.required", String.valueOf(it.protection() == Security.STARTTLS));
    all.put("mail.smtp.ssl.enable", String.valueOf(it.protection() == Security.TLS));
    all.put("mail.smtp.ssl.checkserveridentity", "true");
    all.put("mail.smtp.socketFactory", line.plain());
    all.put("mail.smtp.ssl.socketFactory", line.secure(sockets));
    // Or whom these do not trust is tried again with the system's authorities.
    all.put("mail.smtp.socketFactory.fallback", "false");
    // One address that is gone must not keep the others from knowing.
    all.put("mail.smtp.sendpartial", "true");
    all.put("mail.smtp.localhost", "wgwhy");
    return all;
  }

  @Override
  public int most() {
    return BATCH;
  }

  @Override
  public Delivery deliver(List<Notice> notices) {
    String server = settings.host() + ":" + settings.portOrUsual();
    AtomicBoolean late = new AtomicBoolean();
    boolean taken = false;
    Future<?> limit = line.cutAfter(timeout, late);
    try (Transport transport = session.getTransport("smtp")) {
      String password = settings.password() == null ? null : settings.password().reveal();
      Message message = Letter.of(session, settings, notices);
      transport.connect(settings.host(), settings.portOrUsual(), settings.user(), password);
      transport.sendMessage(message, message.getAllRecipients());
      taken = true;
    } catch (Secret.Unreadable e) {
      return Delivery.again(Reason.SETTING, String.valueOf(e.getMessage()));
    } catch (MessagingException e) {
      if (!taken) {
        return late.get() ? Replies.late(server) : Replies.of(e, server);
      }
      // It has the mail; only its answer to our good-bye did not come.
    } finally {
      limit.cancel(false);
    }
    return Delivery.delivered();
  }

  @Override
  public void close() {
    line.close();
  }
}
