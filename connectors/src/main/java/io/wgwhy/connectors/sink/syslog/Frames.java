package io.wgwhy.connectors.sink.syslog;

import java.io.IOException;

/** A way for messages. */
interface Frames extends AutoCloseable {

  /** Sends a message; with a stream, the other side has not closed it until then. */
  void send(byte[] message) throws IOException;

  @Override
  default void close() {}
}
