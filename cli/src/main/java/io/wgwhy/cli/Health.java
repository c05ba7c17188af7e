package io.wgwhy.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Asks the engine of this machine whether it is ready: {@code java -cp wgwhy.jar
 * io.wgwhy.cli.Health 9464} ends with 0 if so, with 1 if not. For container engines, which ask
 * every few seconds: it loads next to nothing, and an image that has it needs neither a shell nor
 * curl.
 */
public final class Health {
  private static final int MILLIS = 4_000;

  private Health() {}

  public static void main(String[] args) {
    System.exit(isReady(Integer.parseInt(args[0])) ? 0 : 1);
  }

  static boolean isReady(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS);
      socket.setSoTimeout(MILLIS);
      socket.getOutputStream().write("GET /health/ready HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
      String status =
          new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), US_ASCII);
      return status.matches("HTTP/1\\.[01] 200");
    } catch (IOException e) {
      return false;
    }
  }
}
