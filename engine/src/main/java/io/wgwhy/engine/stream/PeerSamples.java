package io.wgwhy.engine.stream;

import io.wgwhy.facts.WgPeer;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a peer differ in five numbers: when it was seen, its handshake and its counters.
 * Beside the sample before it one takes some 15 bytes, as JSON 400; and most of what an engine
 * remembers are such samples.
 */
final class PeerSamples {
  private static final int NO_HANDSHAKE = 1;
  private static final int NO_AGE = 1 << 1;
  private static final int NO_RX = 1 << 2;
  private static final int NO_TX = 1 << 3;

  /** Of a sample: which numbers are there, and five of ten bytes at most. */
  static final int MOST_BYTES = 1 + 5 * 10;

  private PeerSamples() {}

  /** Whether nothing but those numbers differs. */
  static boolean differInNumbersOnly(WgPeer one, WgPeer other) {
    return one.ordinal() == other.ordinal()
        && one.hasEndpoint() == other.hasEndpoint()
        && Objects.equals(one.endpoint(), other.endpoint())
        && Objects.equals(one.allowedIps(), other.allowedIps())
        && Objects.equals(one.keepalive(), other.keepalive())
        && one.presharedKey().equals(other.presharedKey())
        && one.host().equals(other.host())
        && one.iface().equals(other.iface())
        && Objects.equals(one.publicKey(), other.publicKey());
  }

  /** Writes a sample as it differs from the one before. */
  static void write(ByteBuffer bytes, WgPeer before, WgPeer now) {
    bytes.put(
        (byte)
            (bit(now.latestHandshake(), NO_HANDSHAKE)
                | bit(now.handshakeAge(), NO_AGE)
                | bit(now.rxBytes(), NO_RX)
                | bit(now.txBytes(), NO_TX)));
    write(bytes, now.at() - before.at());
    write(bytes, before.latestHandshake(), now.latestHandshake());
    write(bytes, before.handshakeAge(), now.handshakeAge());
    write(bytes, before.rxBytes(), now.rxBytes());
    write(bytes, before.txBytes(), now.txBytes());
  }

  /** The sample that was written so. */
  static WgPeer read(ByteBuffer bytes, WgPeer before) {
    int missing = bytes.get();
    return new WgPeer(
        before.host(),
        before.at() + read(bytes),
        before.iface(),
        before.publicKey(),
        before.ordinal(),
        before.presharedKey(),
        before.endpoint(),
        before.hasEndpoint(),
        before.allowedIps(),
        read(bytes, missing, NO_HANDSHAKE, before.latestHandshake()),
        read(bytes, missing, NO_AGE, before.handshakeAge()),
        read(bytes, missing, NO_RX, before.rxBytes()),
        read(bytes, missing, NO_TX, before.txBytes()),
        before.keepalive());
  }

  private static int bit(@Nullable Long value, int bit) {
    return value == null ? bit : 0;
  }

  private static void write(ByteBuffer bytes, @Nullable Long before, @Nullable Long now) {
    if (now != null) {
      write(bytes, now - (before == null ? 0 : before));
    }
  }

  private static @Nullable Long read(
      ByteBuffer bytes, int missing, int bit, @Nullable Long before) {
    if ((missing & bit) != 0) {
      return null;
    }
    long change = read(bytes);
    // The same object where the value is the same: forty samples of an idle peer share it.
    return change == 0 && before != null
        ? before
        : Long.valueOf(change + (before == null ? 0 : before));
  }

  /** Seven bits a byte, the least first, the sign in the first of them: small is short. */
  static void write(ByteBuffer bytes, long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      bytes.put((byte) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.put((byte) rest);
  }

  static long read(ByteBuffer bytes) {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes.get();
      value |= (next & 0x7fL) << shift;
      shift += 7;
    } while (next < 0);
    return (value >>> 1) ^ -(value & 1);
  }
}
