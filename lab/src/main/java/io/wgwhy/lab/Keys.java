package io.wgwhy.lab;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.util.Base64;

/**
 * A key pair of WireGuard, made for this lab only.
 *
 * @param privateKey base64
 * @param publicKey base64
 */
record Keys(String privateKey, String publicKey) {
  private static final int LENGTH = 32;

  static Keys generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
      byte[] secret =
          ((XECPrivateKey) pair.getPrivate())
              .getScalar()
              .orElseThrow(() -> new LabException("this JDK keeps private keys to itself"));
      // As `wg genkey` writes it: clamped.
      secret[0] &= (byte) 248;
      secret[LENGTH - 1] = (byte) ((secret[LENGTH - 1] & 127) | 64);
      return new Keys(
          base64(secret), base64(littleEndian(((XECPublicKey) pair.getPublic()).getU())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has X25519", e);
    }
  }

  /** A preshared key, base64. */
  static String preshared() {
    byte[] key = new byte[LENGTH];
    new SecureRandom().nextBytes(key);
    return base64(key);
  }

  private static byte[] littleEndian(BigInteger number) {
    byte[] big = number.toByteArray();
    byte[] little = new byte[LENGTH];
    for (int i = 0; i < LENGTH && i < big.length; i++) {
      little[i] = big[big.length - 1 - i];
    }
    return little;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
