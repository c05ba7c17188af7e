package io.wgwhy.connectors.sink.mail;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.connectors.sink.Secret;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.connectors.sink.SinkSettings;
import io.wgwhy.connectors.sink.Span;
import io.wgwhy.connectors.sink.Trust;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Mails.
 *
 * @param host the SMTP server
 * @param port null for the usual one of the security: 587, 465, 25
 * @param security null for {@code starttls}
 * @param user null for no login
 * @param password the user's; null for no login
 * @param from whose mails they are
 * @param to who gets them
 * @param ca certificates of whom to trust; null for the system's
 * @param timeout for all of it, from the connection to the last answer; null for 30 s
 */
public record MailSettings(
    @JsonProperty(required = true) String host,
    @Nullable Integer port,
    @Nullable Security security,
    @Nullable String user,
    @Nullable Secret password,
    @JsonProperty(required = true) String from,
    @JsonProperty(required = true) List<String> to,
    @Nullable Path ca,
    @Nullable Span timeout)
    implements SinkSettings {

  /** How the way to the server is protected. */
  public enum Security {
    /** Plain at first, then TLS, or nothing is sent. */
    @JsonProperty("starttls")
    STARTTLS(587),
    @JsonProperty("tls")
    TLS(465),
    /** For a server on this machine; passwords are not sent. */
    @JsonProperty("none")
    NONE(25);

    private final int port;

    Security(int port) {
      this.port = port;
    }
  }

  /** Bad addresses are refused at once. */
  public MailSettings {
    to = List.copyOf(to);
    if (to.isEmpty()) {
      throw new BadSetting("to: nobody is named");
    }
    address(from);
    to.forEach(MailSettings::address);
    if ((user == null) != (password == null)) {
      throw new BadSetting("user and password belong together");
    }
    if (password != null && security == Security.NONE) {
      throw new BadSetting("a password is not sent without TLS: leave out security: none");
    }
  }

  static InternetAddress address(String text) {
    try {
      InternetAddress address = new InternetAddress(text, true);
      if (!address.getAddress().contains("@")) {
        throw new BadSetting("there is an address without a domain");
      }
      return address;
    } catch (AddressException e) {
      throw new BadSetting("there is an address that is none");
    }
  }

  Security protection() {
    return security == null ? Security.STARTTLS : security;
  }

  int portOrUsual() {
    return port == null ? protection().port : port;
  }

  @Override
  public Sink open() {
    try {
      if (password != null) {
        password.reveal();
      }
    } catch (Secret.Unreadable e) {
      throw new BadSetting(String.valueOf(e.getMessage()));
    }
    return new Mail(
        this,
        ca == null
            ? (SSLSocketFactory) SSLSocketFactory.getDefault()
            : Trust.in(ca).getSocketFactory());
  }

  @Override
  public String destination() {
    return "mail by " + host + ":" + portOrUsual();
  }
}
