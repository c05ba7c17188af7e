package io.wgwhy.connectors.sink.mail;

import io.wgwhy.connectors.Causes;
import io.wgwhy.connectors.sink.Delivery;
import io.wgwhy.connectors.sink.Delivery.Reason;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * What a mail server's failure means. Its words are not repeated: a server may show the login that
 * it refused. The code alone says what to do (RFC 5321, 4.2).
 */
final class Replies {
  private static final Pattern CODE = Pattern.compile("\\b([45]\\d\\d)[ -]");

  /** RFC 4954, 6. */
  private static final int AUTHENTICATION_REQUIRED = 530;

  private Replies() {}

  static Delivery of(MessagingException failure, String server) {
    if (failure instanceof AuthenticationFailedException) {
      return Delivery.again(Reason.AUTHORISATION, server + " refuses the login");
    }
    if (Causes.has(failure, SSLException.class) || isAboutStartTls(failure)) {
      return Delivery.again(Reason.TLS, server + " is not trusted, or does not offer TLS");
    }
    if (Causes.has(failure, SocketTimeoutException.class)) {
      return late(server);
    }
    if (failure instanceof SendFailedException partly
        && partly.getValidSentAddresses() != null
        && partly.getValidSentAddresses().length > 0) {
      return Delivery.delivered();
    }
    int code = code(failure);
    if (failure instanceof SendFailedException sending
        && sending.getInvalidAddresses() != null
        && sending.getInvalidAddresses().length > 0
        && code >= 500) {
      return Delivery.again(Reason.SETTING, server + " knows none of the addresses: " + code);
    }
    if (code >= 500) {
      return refused(failure, server + " answers " + code, code);
    }
    return code >= 400
        ? Delivery.again(Reason.BUSY, server + " answers " + code)
        : Delivery.again(Reason.CONNECTION, "cannot reach " + server);
  }

  /**
   * What is said to the mail itself is said of this mail. All that comes before is about us: it is
   * the same for the next mail, until somebody changes a setting, or the server.
   */
  private static Delivery refused(MessagingException failure, String says, int code) {
    if (!(failure instanceof SMTPSendFailedException sent)) {
      return Delivery.again(Reason.SERVER, says);
    }
    if (sent.getCommand().startsWith("DATA") || sent.getCommand().equals(".")) {
      return new Delivery.Refused(says);
    }
    return code == AUTHENTICATION_REQUIRED
        ? Delivery.again(Reason.AUTHORISATION, says + ": it wants a login")
        : Delivery.again(Reason.SETTING, says + " to the sender's address");
  }

  static Delivery late(String server) {
    return Delivery.again(Reason.TIMEOUT, "no answer from " + server + " in time");
  }

  private static boolean isAboutStartTls(MessagingException failure) {
    return String.valueOf(failure.getMessage()).toUpperCase(Locale.ROOT).contains("STARTTLS");
  }

  /** The last code in the chain: the message's own stands before those of single addresses. */
  private static int code(MessagingException failure) {
    int code = 0;
    for (Exception next = failure; next != null; ) {
      var found = CODE.matcher(next.getMessage() + " ");
      if (found.find()) {
        code = Integer.parseInt(found.group(1));
      }
      next = next instanceof MessagingException chained ? chained.getNextException() : null;
    }
    return code;
  }
}
