package io.wgwhy.engine.session;

import io.wgwhy.facts.Fact;
import io.wgwhy.facts.WgInterface;
import io.wgwhy.facts.WgInventory;
import io.wgwhy.facts.WgPeer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The samples that are kept of one identity, oldest first; at least one. */
final class Kept {
  private final String identity;
  private final HostFacts host;
  private List<Fact> samples = List.of();

  /** The last of them: each fact asks for it, and each step from object to object costs. */
  private Fact newest;

  private @Nullable Ease ease;

  /** What listed the peer when that was asked last; null when nothing did. */
  private @Nullable Map<String, Set<String>> listedIn;

  private Change change = Change.NONE;
  private @Nullable Kept next;
  private boolean isGone;

  /** What became of the samples since somebody was told of them. */
  enum Change {
    NONE,
    /** Newer ones came; those before are the same, or were left out for them. */
    LONGER,
    /** All may be different. */
    ANEW,
    /** The identity is forgotten. */
    GONE
  }

  Kept(String identity, HostFacts host, Fact first) {
    this.identity = identity;
    this.host = host;
    this.newest = first;
    replace(List.of(first));
  }

  String identity() {
    return identity;
  }

  /** Of the host that said it. */
  HostFacts host() {
    return host;
  }

  /** Not to be changed, and not as it is with the next fact. */
  List<Fact> samples() {
    return samples;
  }

  /** The same, of a peer; a list of its own. */
  List<WgPeer> ofPeer() {
    List<WgPeer> found = new ArrayList<>(samples.size());
    samples.forEach(it -> found.add((WgPeer) it));
    return found;
  }

  /** Others take their place; they are ours then. */
  void replace(List<Fact> others) {
    PeerHistory packed = PeerHistory.of(others);
    samples = packed == null ? others : packed;
    newest = others.get(others.size() - 1);
  }

  /** One more, of a peer of which only numbers moved; some of those before may be left out then. */
  List<Fact> append(WgPeer sample) {
    boolean takes = samples instanceof PeerHistory packed && packed.takes(sample);
    if (!takes && !(samples instanceof ArrayList)) {
      samples = new ArrayList<>(samples);
    }
    samples.add(sample);
    newest = sample;
    return samples;
  }

  /** Those that were different are left out. */
  void pack() {
    if (!(samples instanceof PeerHistory)) {
      PeerHistory packed = PeerHistory.of(samples);
      samples = packed == null ? samples : packed;
    }
  }

  /** Whether all of these are of one place, as far as they are of a peer. */
  boolean isOfOnePlace() {
    return samples instanceof PeerHistory;
  }

  /** When the oldest was seen, ms since the epoch. */
  long since() {
    return samples instanceof PeerHistory packed ? packed.at(0) : samples.get(0).at();
  }

  /** Whether the next fact is of this identity. Makes no text of that of what comes often. */
  boolean isOf(Fact next) {
    if (isGone || !newest.host().equals(next.host())) {
      return false;
    }
    if (newest instanceof WgPeer known && next instanceof WgPeer peer) {
      return Objects.equals(known.publicKey(), peer.publicKey())
          && (known.publicKey() != null || known.ordinal() == peer.ordinal())
          && known.iface().equals(peer.iface());
    }
    if (newest instanceof WgInterface known && next instanceof WgInterface iface) {
      return known.name().equals(iface.name());
    }
    return newest instanceof WgInventory
        ? next instanceof WgInventory
        : !(next instanceof WgPeer) && identity.equals(next.identity());
  }

  /** The one of which a fact came after this one's; null when none did. */
  @Nullable Kept next() {
    return next;
  }

  void next(Kept next) {
    this.next = next;
  }

  /** Nobody asks for it any more; nor does it hold up others that are gone, one after the other. */
  void gone() {
    isGone = true;
    next = null;
  }

  boolean isGone() {
    return isGone;
  }

  Fact newest() {
    return newest;
  }

  /** Whether the peer was in an inventory's list when it was looked up there last. */
  boolean isListedIn(Map<String, Set<String>> list) {
    return listedIn == list;
  }

  void listedIn(@Nullable Map<String, Set<String>> list) {
    listedIn = list;
  }

  /** What lets the next sample of a peer pass unjudged; null when nothing does. */
  @Nullable Ease ease() {
    return ease;
  }

  void ease(@Nullable Ease ease) {
    this.ease = ease;
  }

  Change change() {
    return change;
  }

  /** What is to be remembered: nothing of what is gone. */
  List<Fact> remembered() {
    return change == Change.GONE ? List.of() : Collections.unmodifiableList(samples);
  }

  /** Whether this is the first change. */
  boolean changed(Change more) {
    boolean first = change == Change.NONE;
    change = more.compareTo(change) > 0 ? more : change;
    return first;
  }

  void told() {
    change = Change.NONE;
  }
}
