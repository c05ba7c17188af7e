package io.wgwhy.connectors.sink.syslog;

import io.wgwhy.connectors.sink.Delivery;
import io.wgwhy.connectors.sink.Delivery.Reason;
import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Sink;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import javax.net.ssl.SSLException;

/** Tells a syslog server, a message for each notice. */
final class Syslog implements Sink {
  private final Frames frames;
  private final String ownName;

  Syslog(Frames frames, String ownName) {
    this.frames = frames;
    this.ownName = ownName;
  }

  @Override
  public Delivery deliver(List<Notice> notices) {
    try {
      frames.send(Entry.of(notices.get(0), ownName));
      return Delivery.delivered();
    } catch (SocketTimeoutException e) {
      return Delivery.again(Reason.TIMEOUT, "the syslog server does not answer in time");
    } catch (SSLException e) {
      return Delivery.again(Reason.TLS, "the syslog server is not trusted");
    } catch (IOException e) {
      return Delivery.again(Reason.CONNECTION, "cannot reach the syslog server");
    }
  }

  @Override
  public void close() {
    frames.close();
  }
}
