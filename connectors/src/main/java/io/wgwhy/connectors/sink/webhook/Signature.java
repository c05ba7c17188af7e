package io.wgwhy.connectors.sink.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.connectors.sink.Secret;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what is posted, so that a receiver can tell who wrote it and when (Standard Webhooks 1.0):
 * HMAC-SHA256 over id, time and body.
 */
final class Signature {
  private static final String PREFIX = "whsec_";

  private final Secret key;

  /**
   * @throws BadSetting if the key cannot be read
   */
  Signature(Secret key) {
    this.key = key;
    try {
      bytes(key.reveal());
    } catch (Secret.Unreadable e) {
      throw new BadSetting(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new BadSetting("after whsec_ there is base64");
    }
  }

  /** The value of the header {@code webhook-signature}. */
  String of(String id, long seconds, byte[] body) throws Secret.Unreadable {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes(key.reveal()), "HmacSHA256"));
      mac.update((id + "." + seconds + ".").getBytes(UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (IllegalArgumentException e) {
      throw new BadSetting("after whsec_ there is base64");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static byte[] bytes(String key) {
    return key.startsWith(PREFIX)
        ? Base64.getDecoder().decode(key.substring(PREFIX.length()))
        : key.getBytes(UTF_8);
  }
}
