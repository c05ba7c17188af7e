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
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends one mail for what is told at once: whoever is woken by fifty mails reads none. The mails
 * about one finding are one conversation.
 */
final class Mail implements Sink {
  private static final int BATCH = 50;
  private static final long USUAL_TIMEOUT_MILLIS = 10_000;

  private final MailSettings settings;
  private final Session session;

  /**
   * @param sockets for TLS; null for the system's
   */
  Mail(MailSettings settings, @Nullable SSLSocketFactory sockets) {
    this.settings = settings;
    this.session = Session.getInstance(properties(settings, sockets));
  }

  private static Properties properties(MailSettings it, @Nullable SSLSocketFactory sockets) {
    Properties all = new Properties();
    String millis =
        String.valueOf(
            it.timeout() == null ? USUAL_TIMEOUT_MILLIS : it.timeout().length().toMillis());
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
    if (sockets != null) {
      all.put("mail.smtp.ssl.socketFactory", sockets);
    }
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
    try (Transport transport = session.getTransport("smtp")) {
      String password = settings.password() == null ? null : settings.password().reveal();
      Message message = Letter.of(session, settings, notices);
      transport.connect(settings.host(), settings.portOrUsual(), settings.user(), password);
      transport.sendMessage(message, message.getAllRecipients());
      return Delivery.delivered();
    } catch (Secret.Unreadable e) {
      return Delivery.again(Reason.SETTING, String.valueOf(e.getMessage()));
    } catch (MessagingException e) {
      return Replies.of(e, settings.host() + ":" + settings.portOrUsual());
    }
  }
}
