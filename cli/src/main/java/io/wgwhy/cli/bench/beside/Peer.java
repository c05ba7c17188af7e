package io.wgwhy.cli.bench.beside;

import java.util.Random;

/** A tunnel as its gateway sees it; the client's view is the mirror of that. */
final class Peer {
  /** What an initiation has, in the counters of WireGuard. */
  private static final int INITIATION = 148;

  /** Seconds between two of them. */
  private static final int RETRY = 5;

  /** Seconds after which a tunnel that carries data gets new keys. */
  private static final int REKEY = 120;

  final String key;
  final int ordinal;
  final boolean idle;
  final Random random;

  /** Of the gateway; the client's are {@link #clientRx} and {@link #clientTx}. */
  long rx;

  long tx;
  long clientRx;
  long clientTx;

  /** Seconds since the epoch. */
  long handshake;

  /** What keeps it from working. */
  enum Fault {
    NONE,
    /** Nothing passes, either way; both ends are there. */
    PATH,
    /** The gateway's interface is down, or the gateway is gone: it sends nothing. */
    GATEWAY
  }

  Fault fault = Fault.NONE;

  /**
   * @param idle whether nobody talks through it, and no keepalive does
   */
  Peer(String key, int ordinal, boolean idle, long now, Random random) {
    this.key = key;
    this.ordinal = ordinal;
    this.idle = idle;
    this.random = random;
    this.rx = 1_000L + random.nextInt(1 << 28);
    this.tx = 1_000L + random.nextInt(1 << 28);
    this.clientRx = tx;
    this.clientTx = rx;
    // Who is idle has not shaken hands for minutes or hours.
    this.handshake = now - (idle ? 600 + random.nextInt(20_000) : random.nextInt(REKEY));
  }

  /** A second passes. */
  void live(long now) {
    if (idle) {
      return;
    }
    boolean asks = (now + ordinal) % RETRY == 0;
    switch (fault) {
      case NONE -> {
        long up = 100L + random.nextInt(20_000);
        long down = 100L + random.nextInt(200_000);
        rx += up;
        clientTx += up;
        tx += down;
        clientRx += down;
        if (now - handshake >= REKEY) {
          handshake = now;
        }
      }
      case PATH -> {
        clientTx += asks ? INITIATION : 0;
        tx += asks ? INITIATION : 0;
      }
      case GATEWAY -> clientTx += asks ? INITIATION : 0;
    }
  }
}
