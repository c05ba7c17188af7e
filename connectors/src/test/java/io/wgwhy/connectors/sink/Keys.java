package io.wgwhy.connectors.sink;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The key and certificate of a server, signed by itself; made by the JDK's own keytool. */
public final class Keys {
  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final KeyStore keys;

  private Keys(Path folder, KeyStore keys) {
    this.folder = folder;
    this.keys = keys;
  }

  /**
   * Makes one.
   *
   * @param name whose, as {@code ip:127.0.0.1} or {@code dns:example.org}
   */
  public static Keys of(String name, Path folder) throws Exception {
    Path file = folder.resolve("keys.p12");
    Files.deleteIfExists(file);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=" + name,
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(folder.resolve("keytool.log")));
    }
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      return new Keys(folder, keys);
    }
  }

  /** Its certificate, for who is to trust it. */
  public Path certificate() throws IOException, GeneralSecurityException {
    byte[] der = keys.getCertificate(keys.aliases().nextElement()).getEncoded();
    return Files.writeString(
        folder.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END CERTIFICATE-----\n");
  }

  /** A server on loopback that shows it. */
  public ServerSocket server() throws IOException, GeneralSecurityException {
    return context()
        .getServerSocketFactory()
        .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  /** A connection that somebody has made, and goes on with TLS. */
  public Socket secure(Socket accepted) throws IOException, GeneralSecurityException {
    SSLSocket secured =
        (SSLSocket)
            context().getSocketFactory().createSocket(accepted, null, accepted.getPort(), true);
    secured.setUseClientMode(false);
    return secured;
  }

  private SSLContext context() throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
