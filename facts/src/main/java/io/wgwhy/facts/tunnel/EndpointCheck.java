package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;
import org.jspecify.annotations.Nullable;

/**
 * Where the initiator sends to, compared with where the responder is.
 *
 * @param address the endpoint's address; null when there is none
 * @param port its port; null when there is none
 * @param name whether it is configured as a name
 * @param addressIsResponders whether the address is the responder's, by the responder's own
 *     addresses or by packets that arrived
 * @param responderAddress an address where the responder can be reached, by its own word; null when
 *     unknown
 * @param portIsResponders whether the port is the one the responder listens on
 * @param listenPort that port; null when unknown
 * @param privateUse whether the address is one that no public network routes
 * @param onInitiatorsLink whether it lies in a network of the initiator's own link
 * @param neighbourFailed whether the initiator asked for it on the link and nobody answered
 * @param routedIntoTunnel whether the encrypted packets are routed into the tunnel itself
 * @param device the device they leave by; null when unknown
 */
public record EndpointCheck(
    String tunnel,
    @Nullable String address,
    @Nullable Integer port,
    Answer name,
    Answer addressIsResponders,
    @Nullable String responderAddress,
    Answer portIsResponders,
    @Nullable Integer listenPort,
    Answer privateUse,
    Answer onInitiatorsLink,
    Answer neighbourFailed,
    Answer routedIntoTunnel,
    @Nullable String device) {}
