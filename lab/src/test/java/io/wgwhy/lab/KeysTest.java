package io.wgwhy.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Base64;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;

class KeysTest {
  @Test
  void a_private_key_is_clamped_as_wg_genkey_does_it() {
    byte[] key = Base64.getDecoder().decode(Keys.generate().privateKey());
    assertThat(key).hasSize(32);
    assertThat(key[0] & 7).isZero();
    assertThat(key[31] & 0xc0).isEqualTo(0x40);
  }

  /** The public key is the private key times the base point, 9. */
  @Test
  void the_public_key_belongs_to_the_private_key() throws Exception {
    Keys keys = Keys.generate();
    KeyFactory factory = KeyFactory.getInstance("X25519");
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(
        factory.generatePrivate(
            new XECPrivateKeySpec(
                NamedParameterSpec.X25519, Base64.getDecoder().decode(keys.privateKey()))));
    agreement.doPhase(
        factory.generatePublic(
            new XECPublicKeySpec(NamedParameterSpec.X25519, BigInteger.valueOf(9))),
        true);
    assertThat(Base64.getEncoder().encodeToString(agreement.generateSecret()))
        .isEqualTo(keys.publicKey());
  }
}
