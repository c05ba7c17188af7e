package io.wgwhy.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What may be said about a preshared key outside of its host.
 *
 * @param present whether one is configured
 * @param fingerprint HMAC-SHA-256 of the key under a key that only the tenant's own hosts have,
 *     shortened, behind which of these keys it was ({@code 9f3a01c2:…}); null when there is no
 *     tenant key, no preshared key, or it was not readable
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PresharedKey(Answer present, @Nullable String fingerprint) {
  public static final PresharedKey UNKNOWN = new PresharedKey(Answer.UNKNOWN, null);
  public static final PresharedKey ABSENT = new PresharedKey(Answer.NO, null);
  public static final PresharedKey PRESENT = new PresharedKey(Answer.YES, null);

  /** Whether both ends have the same key, as far as that can be told. */
  public Answer sameAs(PresharedKey other) {
    if (present.no() && other.present.no()) {
      return Answer.YES;
    }
    if (present.unknown() || other.present.unknown()) {
      return Answer.UNKNOWN;
    }
    if (present != other.present) {
      return Answer.NO;
    }
    // Under two tenant keys, as while it is changed host by host, one key has two fingerprints.
    return fingerprint == null
            || other.fingerprint == null
            || !under(fingerprint).equals(under(other.fingerprint))
        ? Answer.UNKNOWN
        : Answer.of(fingerprint.equals(other.fingerprint));
  }

  // As records have them, but compiled as such: an engine compares two for each sample of a peer.

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof PresharedKey it
            && present == it.present
            && Objects.equals(fingerprint, it.fingerprint));
  }

  @Override
  public int hashCode() {
    return Objects.hash(present, fingerprint);
  }

  /** Which tenant key a fingerprint was made under; empty when it does not say. */
  private static String under(String fingerprint) {
    return fingerprint.substring(0, Math.max(0, fingerprint.indexOf(':')));
  }
}
