package io.wgwhy.engine.session;

import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Subject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One finding, and the tunnels that have it: usually one; all tunnels of an interface when the
 * fault is there.
 */
final class Shared {
  /** The surest speaks for all; of equally sure ones one whose tunnel is known, always the same. */
  private static final Comparator<Member> FIRST_THE_SUREST =
      Comparator.comparing((Member it) -> it.finding().confidence())
          .thenComparing(Member::isStrangers)
          .thenComparing(Member::tunnel);

  private final Map<String, Member> members = new HashMap<>();
  private final TreeSet<Member> ranked = new TreeSet<>(FIRST_THE_SUREST);
  private int strangers;

  /** What was last told to others; null when nothing was. */
  private @Nullable Finding told;

  private record Member(String tunnel, Finding finding) {
    boolean isStrangers() {
      return Pairing.isStrangers(tunnel);
    }
  }

  @Nullable Finding told() {
    return told;
  }

  void tell(Finding finding) {
    told = finding;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  void put(String tunnel, Finding finding) {
    remove(tunnel);
    Member member = new Member(tunnel, finding);
    members.put(tunnel, member);
    ranked.add(member);
    strangers += member.isStrangers() ? 1 : 0;
  }

  void remove(String tunnel) {
    Member member = members.remove(tunnel);
    if (member != null) {
      ranked.remove(member);
      strangers -= member.isStrangers() ? 1 : 0;
    }
  }

  /** The tunnel that speaks for all; there must be one. */
  String speaker() {
    return ranked.first().tunnel();
  }

  /** What is to be said of all of them; there must be one. */
  Finding together() {
    Finding first = ranked.first().finding();
    // A stranger who asks is one of the peers, as far as anybody knows.
    int affected = Math.max(1, members.size() - strangers);
    return affected == 1 ? first : first.affecting(affected, subject(first));
  }

  /** The end that all of them share: that of the one who speaks which the others have, too. */
  private Subject subject(Finding first) {
    Subject.TunnelSubject tunnel = first.subject().tunnel();
    Subject.EndSubject responder = tunnel.responder();
    boolean sameResponder =
        responder != null
            && responder.host() != null
            && responder.equals(ranked.last().finding().subject().tunnel().responder());
    Subject.EndSubject nobody = new Subject.EndSubject(null, null, null);
    return new Subject(
        sameResponder
            ? new Subject.TunnelSubject(nobody, responder)
            : new Subject.TunnelSubject(tunnel.initiator(), nobody));
  }
}
