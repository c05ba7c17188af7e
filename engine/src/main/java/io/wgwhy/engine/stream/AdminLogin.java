package io.wgwhy.engine.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the administrator of a secured embedded broker logs in: by a password that is made once, and
 * kept in a file that only its owner can read. The file is what {@code --properties} takes.
 */
final class AdminLogin {
  private static final String USER = "admin";
  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"admin\" password=";
  private static final Pattern KEPT = Pattern.compile("password=\"([A-Za-z0-9_-]+)\"");
  private static final int PASSWORD_BYTES = 24;

  private final Path file;
  private final String password;

  private AdminLogin(Path file, String password) {
    this.file = file;
    this.password = password;
  }

  /** Where the login of the broker with this data is kept. */
  static Path file(Path data) {
    return data.resolveSibling("admin.properties");
  }

  /** The login of the broker with this data; made when there is none. */
  static AdminLogin of(Path data) {
    Path file = file(data);
    return new AdminLogin(file, Files.exists(file) ? kept(file) : random());
  }

  /** The settings of a client that logs in so. */
  Map<String, Object> client(String bootstrapServers) {
    var client = new LinkedHashMap<String, Object>();
    client.put("bootstrap.servers", bootstrapServers);
    client.put("security.protocol", "SASL_PLAINTEXT");
    client.put("sasl.mechanism", "PLAIN");
    client.put("sasl.jaas.config", jaas());
    return client;
  }

  /** Writes that down for the owner of the data. */
  void keep(String bootstrapServers) {
    var text = new StringBuilder("# The administrator of this machine's broker: keep it secret.\n");
    client(bootstrapServers)
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    try {
      Path part = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(part);
      // Nobody else may read it for a moment even.
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot write " + file, e);
    }
  }

  /** The broker's side: who may log in by this mechanism, and as whom it speaks itself. */
  String brokersJaas() {
    return jaas().replace(";", " user_" + USER + "=\"" + password + "\";");
  }

  static String principal() {
    return "User:" + USER;
  }

  private String jaas() {
    return MODULE + "\"" + password + "\";";
  }

  private static String random() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String kept(Path file) {
    try {
      Matcher found = KEPT.matcher(Files.readString(file));
      if (found.find()) {
        return found.group(1);
      }
      throw new IllegalStateException("There is no password in " + file);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + file, e);
    }
  }
}
