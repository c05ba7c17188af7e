package io.wgwhy.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Names a state of the sources by their content. */
final class PackVersion {
  private static final int DIGITS = 12;

  private PackVersion() {}

  static String of(List<String> sources) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String source : sources) {
        digest.update(source.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
