package io.wgwhy.connectors.sink.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** One connection, kept as long as it holds, each message with its length (RFC 6587, 3.4.1). */
final class Stream implements Frames {
  private static final int PROBE_MILLIS = 1;

  private final SocketFactory sockets;
  private final String host;
  private final int port;
  private final Duration timeout;
  private final ScheduledThreadPoolExecutor watch;
  private @Nullable Socket socket;

  /** What TCP is spoken on; the same where there is no TLS. */
  private volatile @Nullable Socket plain;

  Stream(SocketFactory sockets, String host, int port, Duration timeout) {
    this.sockets = sockets;
    this.host = host;
    this.port = port;
    this.timeout = timeout;
    this.watch = new ScheduledThreadPoolExecutor(1, Stream::thread);
    this.watch.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void send(byte[] message) throws IOException {
    AtomicBoolean late = new AtomicBoolean();
    Future<?> limit = limit(late);
    try {
      Socket open = socket == null ? connect() : socket;
      socket = open;
      open.getOutputStream().write((message.length + " ").getBytes(US_ASCII));
      open.getOutputStream().write(message);
      open.getOutputStream().flush();
      probe(open);
    } catch (IOException e) {
      hangUp();
      throw late.get() ? new SocketTimeoutException("it takes nothing") : e;
    } finally {
      limit.cancel(false);
    }
  }

  /**
   * A server that reads no more lets one write wait for ever, and one that shakes hands drop by
   * drop one handshake; a socket knows no limit for that.
   */
  private Future<?> limit(AtomicBoolean late) {
    return watch.schedule(
        () -> {
          late.set(true);
          // The one below: to close one of TLS waits for the very write.
          closeQuietly(plain);
        },
        timeout.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "syslog time-limit");
    thread.setDaemon(true);
    return thread;
  }

  private static void closeQuietly(@Nullable Socket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // It is gone all the same.
    }
  }

  private Socket connect() throws IOException {
    Socket fresh = new Socket();
    plain = fresh;
    try {
      fresh.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
      fresh.setSoTimeout((int) timeout.toMillis());
      if (!(sockets instanceof SSLSocketFactory secure)) {
        return fresh;
      }
      SSLSocket guarded = (SSLSocket) secure.createSocket(fresh, host, port, true);
      SSLParameters parameters = guarded.getSSLParameters();
      // Without it any certificate of a trusted authority would do, for whatever name.
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      guarded.setSSLParameters(parameters);
      guarded.startHandshake();
      return guarded;
    } catch (IOException e) {
      fresh.close();
      throw e;
    }
  }

  /** Syslog has no acknowledgement; but a server that has gone away says so when one reads. */
  private static void probe(Socket open) throws IOException {
    int before = open.getSoTimeout();
    open.setSoTimeout(PROBE_MILLIS);
    try {
      if (open.getInputStream().read() < 0) {
        throw new EOFException("closed");
      }
    } catch (SocketTimeoutException silent) {
      // As it should be.
    } finally {
      open.setSoTimeout(before);
    }
  }

  private void hangUp() {
    closeQuietly(socket);
    socket = null;
  }

  @Override
  public void close() {
    hangUp();
    watch.shutdownNow();
  }
}
