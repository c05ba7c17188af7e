package io.wgwhy.facts.tunnel;

import org.jspecify.annotations.Nullable;

/**
 * Something that a single output of one host shows by itself: all there is to go by when somebody
 * pasted an output or two and nothing was measured. It points to a cause and proves none.
 *
 * @param host whose output shows it
 * @param shows what it shows
 * @param symptom what is wrong by it; {@link Symptom.Kind#REPORTED} when it does not tell
 * @param says the same as a clause, with the values seen
 * @param seen the value that is wrong: a device, a port, an address; null when there is none
 * @param wanted the value that would be right; null when unknown
 */
public record Clue(
    String tunnel,
    String host,
    Shows shows,
    Symptom.Kind symptom,
    String says,
    @Nullable String seen,
    @Nullable String wanted) {

  /** What one output can show. */
  public enum Shows {
    /** The input chain lets the port in for TCP, and drops it for UDP. */
    TCP_RULE_FOR_UDP_PORT,
    /** The input chain drops UDP for the listen port. */
    INPUT_DROPS,
    /** The forward chain drops what comes out of the tunnel, or the answers. */
    FORWARD_DROPS,
    /** Packets enter by the tunnel interface and leave by none. */
    ENTERS_AND_DOES_NOT_LEAVE,
    /** A trace reaches the other end, and nothing behind it. */
    STOPS_BEHIND_OTHER_END,
    /** {@code net.ipv4.ip_forward = 0}. */
    IP_FORWARD_OFF,
    /** A masquerade rule names a device that is not there, or not the one packets leave by. */
    MASQUERADE_ELSEWHERE,
    /** No NAT rule holds for the tunnel's network. */
    NOT_MASQUERADED,
    /** A container publishes another port than WireGuard listens on in it, or TCP only. */
    PUBLISHED_PORT_DIFFERS,
    /** The other end's Endpoint has another port than the one listened on. */
    ENDPOINT_PORT_DIFFERS,
    /** ICMP says that packets are too large, or ping does. */
    TOO_LARGE,
    /** The tunnel interface's MTU leaves no room for WireGuard's own bytes. */
    MTU_WITHOUT_ROOM,
    /** A name server refuses questions from the tunnel, or does not answer them. */
    NAMES_REFUSED,
    /** Two peers were given one prefix. */
    PREFIX_OF_TWO_PEERS,
    /** The kernel says that no peer has the destination. */
    NO_PEER_HAS_DESTINATION,
    /** The peer refuses the inner source address of packets. */
    SOURCE_NOT_ALLOWED,
    /** Nobody told where the other end is. */
    NO_ENDPOINT,
    /** The Endpoint is an address that no public network routes. */
    PRIVATE_ENDPOINT,
    /** The Endpoint is an address of the host itself. */
    OWN_ADDRESS_AS_ENDPOINT,
    /** The Endpoint is another address than the one that the other end has outside. */
    PUBLIC_ADDRESS_DIFFERS,
    /** A server has its own address and port as the Endpoint of a peer that dials in. */
    OWN_ADDRESS_AT_SERVER,
    /** A network is on the tunnel and on another device, too. */
    NETWORK_ELSEWHERE,
    /** The route to the endpoint leads into the tunnel. */
    ENDPOINT_IN_TUNNEL,
    /** A line of the configuration is no configuration. */
    FAULTY_LINE,
    /** IPv6 is switched off and the configuration asks for it. */
    IPV6_OFF,
    /** wg was asked for an interface that is not there. */
    NO_SUCH_INTERFACE,
    /** The name of the endpoint does not resolve, and wg goes on trying. */
    WAITS_FOR_NAME,
    /** The sender has the wrong public key for this host. */
    WRONG_PUBLIC_KEY,
    /** The responses cannot be opened. */
    WRONG_PRESHARED_KEY,
    /** One public key stands in two peers. */
    KEY_TWICE,
    /** The own public key stands as the peer's. */
    OWN_KEY,
    /** A timestamp or a handshake is of the future. */
    CLOCK_BACKWARD,
    /** The end that asks in vain has a clock that nobody keeps right. */
    CLOCK_NOT_KEPT,
    /** rp_filter drops packets. */
    SOURCE_VALIDATION_DROPS,
    /** Questions arrive at one address and answers leave from another. */
    ANSWERS_FROM_ELSEWHERE,
    /** Initiations are answered and repeated all the same. */
    ANSWERED_IN_VAIN,
    /** The address towards the internet is one of a carrier's NAT: nothing can come in. */
    BEHIND_CARRIER_NAT,
    /** The provider's firewall in front of the host lets the port in for nobody. */
    PROVIDER_DROPS,
    /** A capture saw none of the packets. */
    NOTHING_ARRIVES,
    /** Initiations arrive and nothing answers. */
    ARRIVES_UNANSWERED,
    /** Keepalives are sent, and the latest handshake is long ago. */
    KEEPALIVES_UNANSWERED,
    /** What a peer's AllowedIPs hold is routed to another device. */
    ROUTED_PAST_TUNNEL,
    /** A name that was looked up beside has another address than the silent endpoint. */
    NAME_ELSEWHERE,
    /** Handshakes are begun and do not complete. */
    NO_ANSWER,
    /** The host itself refuses what WireGuard sends. */
    SENDING_REFUSED,
    /** The endpoint answers initiations with ICMP port unreachable. */
    NOBODY_LISTENS,
    /** The host has no route to the endpoint. */
    NO_WAY_TO_ENDPOINT,
    /** What leaves with a tunnel address for a network of one's own is not answered. */
    NO_WAY_BACK,
    /** The configuration's private key stands as the peer's public key. */
    PRIVATE_KEY_AS_PEER,
    /** Idle for long behind NAT, without keepalives, and does not answer. */
    IDLE_BEHIND_NAT
  }
}
