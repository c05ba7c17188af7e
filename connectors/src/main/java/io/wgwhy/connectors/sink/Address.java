package io.wgwhy.connectors.sink;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An http or https address. Whoever knows it may often write there: of one that stands apart, and
 * of any path and query, nothing is shown.
 */
@JsonDeserialize(using = Address.Reader.class)
public final class Address {
  /** Compose files and Windows have such names; RFC 1123 and Java's URIs do not. */
  private static final Pattern UNDERSCORE = Pattern.compile("(?i)https?://[^/?#@:]*_[^/?#@:]*");

  private final Secret secret;
  private final boolean open;

  private Address(Secret secret, boolean open) {
    this.secret = secret;
    this.open = open;
  }

  /**
   * An address that is written down openly.
   *
   * @throws BadSetting if it is none, or has a name and password in it
   */
  public static Address of(String url) {
    URI parsed = parse(url);
    if (parsed == null) {
      throw new BadSetting(
          UNDERSCORE.matcher(url).lookingAt()
              ? "has a host with an underscore, which no host's name has: give it another name"
              : "is no http or https address");
    }
    if (parsed.getUserInfo() != null) {
      throw new BadSetting("holds a password: write {file: NAME} or {env: NAME}");
    }
    return new Address(Secret.known(url), true);
  }

  public static Address of(Secret secret) {
    return new Address(secret, false);
  }

  /** Whether it stands openly in the settings. */
  public boolean isOpen() {
    return open;
  }

  /** The address itself. */
  URI reveal() throws Secret.Unreadable {
    URI parsed = parse(secret.reveal());
    if (parsed == null) {
      throw new Secret.Unreadable("there is no http or https address in " + secret);
    }
    return parsed;
  }

  /**
   * @throws BadSetting if the file or variable that holds it is not there, or holds no address
   */
  public void check() {
    try {
      reveal();
    } catch (Secret.Unreadable e) {
      throw new BadSetting(String.valueOf(e.getMessage()));
    }
  }

  /** The server alone. */
  public String server() {
    try {
      return server(reveal());
    } catch (Secret.Unreadable e) {
      return "?";
    }
  }

  static String server(URI address) {
    return address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
  }

  @Override
  public String toString() {
    return server();
  }

  private static @Nullable URI parse(String text) {
    try {
      URI address = new URI(text);
      String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
      boolean good = scheme.equals("http") || scheme.equals("https");
      return good && address.getHost() != null ? address : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Reads an address, or where one stands. */
  static final class Reader extends StdDeserializer<Address> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Address.class);
    }

    @Override
    public Address deserialize(JsonParser in, DeserializationContext context) throws IOException {
      JsonNode node = context.readTree(in);
      return node.isTextual() ? of(node.textValue()) : of(Secret.Reader.read(node));
    }
  }
}
