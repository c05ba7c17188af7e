package io.wgwhy.connectors.sink.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The connection to a mail server, which can be cut when all of it takes too long: a mail library
 * knows limits for each read alone, and a server that answers drop by drop keeps to every one.
 */
final class Line implements AutoCloseable {
  private final ScheduledThreadPoolExecutor watch;

  /** What TCP is spoken on: to close one of TLS may wait for a write that waits for ever. */
  private volatile @Nullable Socket open;

  Line() {
    watch = new ScheduledThreadPoolExecutor(1, Line::thread);
    watch.setRemoveOnCancelPolicy(true);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "mail time-limit");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Cuts it after a while, unless that is cancelled.
   *
   * @param late is set when it was cut
   */
  Future<?> cutAfter(Duration limit, AtomicBoolean late) {
    open = null;
    return watch.schedule(() -> cut(late), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void cut(AtomicBoolean late) {
    late.set(true);
    Socket cut = open;
    try {
      if (cut != null) {
        cut.close();
      }
    } catch (IOException e) {
      // It is gone all the same.
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }

  /** Makes connections that can be cut; TLS may come on top of them later. */
  SocketFactory plain() {
    return new Plain();
  }

  /** Puts TLS on top of connections, and can cut what is below. */
  SSLSocketFactory secure(SSLSocketFactory sockets) {
    return new Secure(sockets);
  }

  /** Twice, for the library puts TLS on whatever an SSLSocketFactory makes: they cannot be one. */
  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("the mail library connects by itself");
  }

  private final class Plain extends SocketFactory {
    @Override
    public Socket createSocket() {
      Socket socket = new Socket();
      open = socket;
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw unused();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
      throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
      throw unused();
    }
  }

  private final class Secure extends SSLSocketFactory {
    private final SSLSocketFactory sockets;

    Secure(SSLSocketFactory sockets) {
      this.sockets = sockets;
    }

    @Override
    public Socket createSocket(Socket below, String host, int port, boolean autoClose)
        throws IOException {
      open = below;
      return sockets.createSocket(below, host, port, autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return sockets.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw unused();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
      throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
      throw unused();
    }
  }
}
