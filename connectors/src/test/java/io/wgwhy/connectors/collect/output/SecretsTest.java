package io.wgwhy.connectors.collect.output;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Answer;
import io.wgwhy.facts.PresharedKey;
import org.junit.jupiter.api.Test;

class SecretsTest {
  private static final String ONE = "mZJ0cXx5Rfdj1K3n3Sgk1DqX0VYxX0H0RUmJcZ1bXkE=";
  private static final String OTHER = "2YvtR3+seMVrZnEohU3/2OO9MwqynnoPuU8o/vI5w1E=";

  private final Secrets tenant = Secrets.withTenantKey("0123456789abcdef".getBytes(US_ASCII));

  @Test
  void under_one_tenant_key_the_same_preshared_keys_are_the_same_and_others_are_not() {
    assertThat(tenant.presharedKey(ONE).sameAs(tenant.presharedKey(ONE))).isEqualTo(Answer.YES);
    assertThat(tenant.presharedKey(ONE).sameAs(tenant.presharedKey(OTHER))).isEqualTo(Answer.NO);
  }

  @Test
  void under_two_tenant_keys_nobody_knows() {
    Secrets rotated = Secrets.withTenantKey("fedcba9876543210".getBytes(US_ASCII));
    assertThat(tenant.presharedKey(ONE).sameAs(rotated.presharedKey(ONE)))
        .isEqualTo(Answer.UNKNOWN);
    assertThat(tenant.presharedKey(ONE).sameAs(rotated.presharedKey(OTHER)))
        .isEqualTo(Answer.UNKNOWN);
    PresharedKey old = new PresharedKey(Answer.YES, "0011223344556677");
    assertThat(tenant.presharedKey(ONE).sameAs(old)).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void neither_the_preshared_nor_the_tenant_key_can_be_read_from_it() {
    assertThat(tenant.presharedKey(ONE).fingerprint()).matches("[0-9a-f]{8}:[0-9a-f]{16}");
  }
}
