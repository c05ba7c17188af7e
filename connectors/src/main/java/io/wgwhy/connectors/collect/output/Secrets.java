package io.wgwhy.connectors.collect.output;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.PresharedKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What may be said about a secret outside of its host: a private key is turned into its public key,
 * a preshared key into a fingerprint that only those can compute who have the tenant's key.
 */
public final class Secrets {
  /** What stands where a secret stood, as wg(8) itself writes it. */
  public static final String HIDDEN = "(hidden)";

  /** 32 bytes in base64: 43 characters and one padding (wg(8), "Key"). */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=");

  private static final String ZEROS = "A".repeat(43) + "=";

  /** Bytes of the fingerprint that are kept: enough to tell a tenant's keys apart. */
  private static final int FINGERPRINT_BYTES = 8;

  /** What the id of a tenant key is made of: no preshared key reads so. */
  private static final String KEY_ID = "id";

  private static final int KEY_ID_BYTES = 4;

  private final byte @Nullable [] tenantKey;

  private Secrets(byte @Nullable [] tenantKey) {
    this.tenantKey = tenantKey;
  }

  /** Preshared keys are only said to be present or absent. */
  public static Secrets withoutTenantKey() {
    return new Secrets(null);
  }

  /** Preshared keys get a fingerprint under this key. */
  public static Secrets withTenantKey(byte[] key) {
    return new Secrets(key.clone());
  }

  /** Whether the text is a whole WireGuard key. */
  public static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }

  /** The public key of a private key, as {@code wg pubkey} prints it; null when it is no key. */
  public @Nullable String publicKey(String privateKey) {
    if (!isKey(privateKey)) {
      return null;
    }
    try {
      KeyFactory factory = KeyFactory.getInstance("X25519");
      KeyAgreement agreement = KeyAgreement.getInstance("X25519");
      agreement.init(
          factory.generatePrivate(
              new XECPrivateKeySpec(
                  NamedParameterSpec.X25519, Base64.getDecoder().decode(privateKey))));
      // A public key is the private key times the base point, whose u-coordinate is 9 (RFC 7748).
      XECPublicKey basePoint =
          (XECPublicKey)
              factory.generatePublic(
                  new XECPublicKeySpec(NamedParameterSpec.X25519, BigInteger.valueOf(9)));
      agreement.doPhase(basePoint, true);
      return Base64.getEncoder().encodeToString(agreement.generateSecret());
    } catch (GeneralSecurityException notAKey) {
      return null;
    }
  }

  /** What may be said about a preshared key as wg prints it ({@code (none)}, {@code (hidden)}). */
  public PresharedKey presharedKey(String text) {
    // wg prints a key of zeros as (none): it means that there is none (wg(8), preshared-key).
    if (text.equals("(none)") || text.equals(ZEROS)) {
      return PresharedKey.ABSENT;
    }
    if (!isKey(text) || tenantKey == null) {
      return PresharedKey.PRESENT;
    }
    return new PresharedKey(
        Answer.YES,
        hmac(tenantKey, KEY_ID, KEY_ID_BYTES) + ":" + hmac(tenantKey, text, FINGERPRINT_BYTES));
  }

  private static String hmac(byte[] key, String text, int bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] full = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(full, 0, bytes);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException("HmacSHA256 is missing", everyJdkHasIt);
    }
  }
}
