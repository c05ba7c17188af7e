package io.wgwhy.connectors.sink.syslog;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

/** A datagram for each message (RFC 5426). */
record Datagrams(String host, int port) implements Frames {
  /** What every receiver should take (RFC 5424, 6.1 says 2048); more is cut off at the end. */
  private static final int MOST = 2048;

  /**
   * Up to the last whole character: half of one is no UTF-8, and some receivers refuse all of it.
   */
  static int length(byte[] message) {
    int length = Math.min(MOST, message.length);
    while (length < message.length && length > 0 && (message[length] & 0xc0) == 0x80) {
      length--;
    }
    return length;
  }

  @Override
  public void send(byte[] message) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(message, length(message), InetAddress.getByName(host), port));
    }
  }
}
