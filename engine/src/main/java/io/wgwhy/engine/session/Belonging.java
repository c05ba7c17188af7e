package io.wgwhy.engine.session;

import java.util.Objects;

/** What tells that two views are of the two ends of one tunnel. */
final class Belonging {
  private Belonging() {}

  static boolean nameEachOther(PeerView one, PeerView other) {
    return one.end().publicKey() != null
        && one.end().publicKey().equals(other.end().peerKey())
        && other.end().publicKey() != null
        && other.end().publicKey().equals(one.end().peerKey());
  }

  static boolean oneNamesTheOther(PeerView one, PeerView other) {
    boolean named = names(one, other) || names(other, one);
    return named
        && (leadsTo(one, other)
            || leadsTo(other, one)
            || addressFits(one, other)
            // Nothing else is known of where they are: each has one peer, and no session.
            || (neverMet(one) && neverMet(other)));
  }

  private static boolean neverMet(PeerView view) {
    return view.peers() == 1
        && view.peer() != null
        && Objects.equals(view.peer().latestHandshake(), 0L)
        && view.end().hostAddresses().isEmpty();
  }

  private static boolean names(PeerView one, PeerView other) {
    return one.end().peerKey() != null && one.end().peerKey().equals(other.end().publicKey());
  }

  static boolean endpointLeadsThere(PeerView one, PeerView other) {
    return (leadsTo(one, other) || leadsTo(other, one)) && addressFits(one, other);
  }

  private static boolean leadsTo(PeerView one, PeerView other) {
    return one.end().endpoint() != null
        && other.end().hostAddresses().stream()
            .anyMatch(it -> Prefixes.same(it, one.end().endpoint().address()));
  }

  private static boolean addressFits(PeerView one, PeerView other) {
    return fits(one, other) || fits(other, one);
  }

  private static boolean fits(PeerView one, PeerView other) {
    return one.end().tunnelAddresses().stream()
        .anyMatch(
            it ->
                Prefixes.anyHolds(other.end().allowedIps(), Prefixes.withoutLength(it)).yes()
                    // A default route fits everybody.
                    && Prefixes.longestMatch(other.end().allowedIps(), Prefixes.withoutLength(it))
                        > 1);
  }

  /** How much tells that they are the ends of one tunnel; 0 for nothing. */
  static int affinity(PeerView one, PeerView other) {
    // A gateway's own address fits each of its clients: the client's tells them apart.
    return (leadsTo(one, other) || leadsTo(other, one) ? 2 : 0)
        + (fits(one, other) ? 4 : 0)
        + (fits(other, one) ? 4 : 0);
  }
}
