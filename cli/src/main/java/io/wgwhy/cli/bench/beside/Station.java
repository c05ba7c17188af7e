package io.wgwhy.cli.bench.beside;

import java.util.List;

/** A host with a WireGuard interface: what its commands, and an exporter there, print. */
final class Station {
  private static final String PORT = "51820";

  final String name;
  final String network;
  private final String ownKey;
  private final List<Peer> peers;

  /** Null on a gateway: there the peers have keys of their own. */
  private final String gatewayKey;

  volatile boolean up = true;
  volatile boolean alive = true;

  private Station(String name, String network, String ownKey, String gatewayKey, List<Peer> peers) {
    this.name = name;
    this.network = network;
    this.ownKey = ownKey;
    this.gatewayKey = gatewayKey;
    this.peers = peers;
  }

  static Station gateway(String name, String network, String key, List<Peer> peers) {
    return new Station(name, network, key, "", peers);
  }

  static Station client(String name, String network, String gatewayKey, Peer peer) {
    return new Station(name, network, peer.key, gatewayKey, List.of(peer));
  }

  private boolean isGateway() {
    return gatewayKey.isEmpty();
  }

  /** {@code wg show all dump}; instead of a private key there is none. */
  String dump() {
    StringBuilder text = new StringBuilder();
    String port = isGateway() ? PORT : String.valueOf(40_000 + peers.get(0).ordinal);
    text.append("wg0\t(none)\t%s\t%s\toff\n".formatted(ownKey, port));
    for (Peer peer : peers) {
      text.append("wg0\t").append(isGateway() ? peer.key : gatewayKey).append("\t(none)\t");
      text.append(endpoint(peer)).append('\t').append(allowed(peer)).append('\t');
      text.append(peer.handshake).append('\t').append(received(peer)).append('\t');
      text.append(sent(peer)).append("\toff\n");
    }
    return text.toString();
  }

  /** {@code ip -j -s -s link}, what is read of it. */
  String links() {
    String flags =
        up ? "\"POINTOPOINT\",\"NOARP\",\"UP\",\"LOWER_UP\"" : "\"POINTOPOINT\",\"NOARP\"";
    return """
    [{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP","LOWER_UP"],"mtu":65536,"operstate":"UNKNOWN","link_type":"loopback"},\
    {"ifindex":3,"ifname":"wg0","flags":[%s],"mtu":1420,"operstate":"%s","link_type":"none"}]
    """
        .formatted(flags, up ? "UNKNOWN" : "DOWN");
  }

  /** As prometheus_wireguard_exporter prints it. */
  String metrics() {
    StringBuilder text = new StringBuilder();
    metric(text, "wireguard_sent_bytes_total", "counter", "Bytes sent to the peer");
    peers.forEach(it -> sample(text, "wireguard_sent_bytes_total", it, sent(it)));
    metric(text, "wireguard_received_bytes_total", "counter", "Bytes received from the peer");
    peers.forEach(it -> sample(text, "wireguard_received_bytes_total", it, received(it)));
    String handshake = "wireguard_latest_handshake_seconds";
    metric(text, handshake, "gauge", "UNIX timestamp seconds of the last handshake");
    peers.forEach(it -> sample(text, handshake, it, it.handshake));
    return text.toString();
  }

  private static void metric(StringBuilder text, String name, String type, String help) {
    text.append("# HELP %s %s\n# TYPE %1$s %3$s\n".formatted(name, help, type));
  }

  private void sample(StringBuilder text, String name, Peer peer, long value) {
    text.append(name).append("{interface=\"wg0\",public_key=\"");
    text.append(isGateway() ? peer.key : gatewayKey).append("\",allowed_ips=\"");
    text.append(allowed(peer)).append("\"} ").append(value).append('\n');
  }

  private long received(Peer peer) {
    return isGateway() ? peer.rx : peer.clientRx;
  }

  private long sent(Peer peer) {
    return isGateway() ? peer.tx : peer.clientTx;
  }

  private String endpoint(Peer peer) {
    return isGateway()
        ? "198.51.%d.%d:%d".formatted(peer.ordinal / 250, 1 + peer.ordinal % 250, 40_000)
        : "203.0.113.1:" + PORT;
  }

  private String allowed(Peer peer) {
    return isGateway()
        ? "10.0.%d.%d/32".formatted(peer.ordinal / 250, 1 + peer.ordinal % 250)
        : "10.0.0.0/16";
  }
}
