package io.wgwhy.engine.session;

import io.wgwhy.facts.tunnel.Tunnel;
import io.wgwhy.rules.Cause;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What findings are called: the same whenever the same is found. */
final class FindingIds {
  /** Bytes of the hash that make an id: 2^64 findings before two are likely to meet. */
  private static final int ID_BYTES = 16;

  private final String tenant;
  private final String network;

  FindingIds(String tenant, String network) {
    this.tenant = tenant;
    this.network = network;
  }

  /**
   * The ids that a finding of a cause about a tunnel may have.
   *
   * @param known the cause in the book; null when the book has it no more
   */
  Set<String> candidates(String cause, @Nullable Cause known, Tunnel tunnel) {
    Set<String> ids = new LinkedHashSet<>();
    ids.add(of(cause, tunnel, null));
    if (known != null) {
      FaultPlace.candidates(known, tunnel).forEach(it -> ids.add(of(cause, tunnel, it)));
    }
    return ids;
  }

  /** The id of a finding: the same whenever the same is found. */
  String of(String cause, Tunnel tunnel, @Nullable FaultPlace place) {
    String where = place == null ? tunnel.id() : place.host() + "\n" + place.iface();
    String identity = String.join("\n", tenant, network, cause, where);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException("SHA-256 is missing", everyJdkHasIt);
    }
  }
}
