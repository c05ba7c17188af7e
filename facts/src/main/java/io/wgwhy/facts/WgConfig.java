package io.wgwhy.facts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file of wg-quick(8) or the output of {@code wg showconf}: what is meant to be,
 * without its secrets.
 *
 * @param iface the interface it is for; {@code ?} when neither file name nor text tells
 * @param publicKey the public key that belongs to the private key of the file; null when unknown
 * @param addresses the Address lines, CIDR; empty when there are none
 * @param listenPort ListenPort; null when there is none
 * @param mtu MTU; null when there is none
 * @param table Table, as written ({@code off}, {@code auto}, a number); null when there is none
 * @param fwmark FwMark; 0 is off, null when there is none
 * @param dns addresses on the DNS lines
 * @param hooks what PreUp, PostUp, PreDown and PostDown do, as far as it matters here
 * @param peers the [Peer] sections, in order
 * @param problems what wg or wg-quick would refuse, or what is surely not meant
 */
public record WgConfig(
    String host,
    long at,
    String iface,
    @Nullable String publicKey,
    List<String> addresses,
    @Nullable Integer listenPort,
    @Nullable Integer mtu,
    @Nullable String table,
    @Nullable Integer fwmark,
    List<String> dns,
    List<Hook> hooks,
    List<Peer> peers,
    List<Problem> problems)
    implements Fact {

  /**
   * @param publicKey base64; null when malformed or redacted
   * @param presharedKey what may be said about the preshared key
   * @param endpoint Endpoint; null when there is none or it is unreadable
   * @param allowedIps AllowedIPs, in order, as written (host bits kept)
   * @param keepalive PersistentKeepalive, seconds; 0 is off; null when there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Peer(
      @Nullable String publicKey,
      PresharedKey presharedKey,
      @Nullable Endpoint endpoint,
      List<String> allowedIps,
      @Nullable Integer keepalive) {}

  /** What a hook command does. */
  public enum Effect {
    MASQUERADE,
    FORWARD_ACCEPT,
    INPUT_ACCEPT,
    IP_FORWARD_ON,
    ROUTE_OR_RULE,
    MSS_CLAMP,
    OTHER
  }

  /**
   * @param phase {@code PreUp}, {@code PostUp}, {@code PreDown} or {@code PostDown}
   * @param device the interface it names ({@code %i} replaced); null when it names none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Hook(String phase, Effect effect, @Nullable String device) {}

  /** What is wrong with a line. */
  public enum Fault {
    KEY_MALFORMED,
    KEY_MISSING,
    VALUE_MALFORMED,
    UNKNOWN_KEYWORD,
    MISSING_SECTION,
    DUPLICATE_KEY,
    /** A section has a second key of one kind: wg takes the last one. */
    SECOND_KEY,
    /** The private key of the same file stands as a peer's public key. */
    PRIVATE_KEY_AS_PEER,
    DUPLICATE_ALLOWED_IP,
    HOST_BITS_SET
  }

  /**
   * @param line the line's number, from 1; 0 when the whole file is meant
   * @param keyword the keyword of the line ({@code PublicKey}); empty when there is none
   */
  public record Problem(int line, String keyword, Fault fault) {}

  /** Whether wg would refuse the file for a key that is no key. */
  @JsonIgnore
  public boolean keyMalformed() {
    return problems.stream().anyMatch(it -> it.fault() == Fault.KEY_MALFORMED);
  }

  @Override
  public String identity() {
    return "wg-config/" + host + "/" + iface;
  }
}
