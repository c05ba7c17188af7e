package io.wgwhy.engine.session;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.WgPeer;
import java.util.List;

/** A peer as {@code wg show} has it, said step by step; each step gives another one. */
record PeerSeen(
    String host,
    String key,
    double at,
    String endpoint,
    List<String> allowed,
    Double handshakeAt,
    Long age,
    Long rx,
    Long tx,
    Integer keepalive,
    PresharedKey psk) {

  PeerSeen(String host, String key) {
    this(host, key, 0, null, List.of(), null, null, 0L, 0L, 0, PresharedKey.ABSENT);
  }

  PeerSeen at(double seconds) {
    return new PeerSeen(
        host, key, seconds, endpoint, allowed, handshakeAt, age, rx, tx, keepalive, psk);
  }

  PeerSeen endpoint(String where) {
    return new PeerSeen(host, key, at, where, allowed, handshakeAt, age, rx, tx, keepalive, psk);
  }

  PeerSeen noEndpoint() {
    return endpoint(null);
  }

  PeerSeen allowed(String... prefixes) {
    return new PeerSeen(
        host, key, at, endpoint, List.of(prefixes), handshakeAt, age, rx, tx, keepalive, psk);
  }

  /** As {@code allowed ips: (none)}. */
  PeerSeen allowedNone() {
    return allowed(new String[0]);
  }

  PeerSeen counts(long received, long sent) {
    return new PeerSeen(
        host, key, at, endpoint, allowed, handshakeAt, age, received, sent, keepalive, psk);
  }

  PeerSeen uncounted() {
    return new PeerSeen(
        host, key, at, endpoint, allowed, handshakeAt, age, null, null, keepalive, psk);
  }

  /** The latest handshake was at this second. */
  PeerSeen handshake(double second) {
    return new PeerSeen(
        host, key, at, endpoint, allowed, second, Math.round(at - second), rx, tx, keepalive, psk);
  }

  PeerSeen never() {
    return new PeerSeen(host, key, at, endpoint, allowed, Double.NaN, null, rx, tx, keepalive, psk);
  }

  PeerSeen keepalive(int seconds) {
    return new PeerSeen(host, key, at, endpoint, allowed, handshakeAt, age, rx, tx, seconds, psk);
  }

  PeerSeen psk(PresharedKey presharedKey) {
    return new PeerSeen(
        host, key, at, endpoint, allowed, handshakeAt, age, rx, tx, keepalive, presharedKey);
  }

  WgPeer seen() {
    Long handshake =
        handshakeAt == null
            ? null
            : handshakeAt.isNaN() ? Long.valueOf(0) : Long.valueOf(Lab.ms(handshakeAt) / 1000);
    return new WgPeer(
        host,
        Lab.ms(at),
        "wg0",
        key,
        0,
        psk,
        endpoint == null ? null : Endpoint.tryParse(endpoint),
        Answer.of(endpoint != null),
        allowed,
        handshake,
        age,
        rx,
        tx,
        keepalive);
  }
}
