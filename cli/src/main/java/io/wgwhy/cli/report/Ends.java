package io.wgwhy.cli.report;

import io.wgwhy.cli.report.Look.Sign;
import io.wgwhy.facts.finding.Subject;
import io.wgwhy.facts.finding.Subject.EndSubject;
import org.jspecify.annotations.Nullable;

/** What people call the two ends of a tunnel. */
final class Ends {
  /** Characters of a key that are enough to recognise it among those that one knows. */
  private static final int KEY_BEGINS = 8;

  private Ends() {}

  static String of(Subject subject, Look look) {
    if (subject.tunnel().responder() == null) {
      return name(subject.tunnel().initiator(), look);
    }
    return name(subject.tunnel().initiator(), look)
        + " "
        + look.sign(Sign.TO)
        + " "
        + name(subject.tunnel().responder(), look);
  }

  static String name(@Nullable EndSubject end, Look look) {
    if (end == null || (end.host() == null && end.publicKey() == null)) {
      return "the other end";
    }
    if (end.host() == null) {
      String key = look.clean(end.publicKey() == null ? "" : end.publicKey());
      return "peer "
          + Wrap.cut(key, KEY_BEGINS + look.sign(Sign.CUT).length(), look.sign(Sign.CUT));
    }
    return look.clean(end.iface() == null ? end.host() : end.host() + " " + end.iface());
  }

  /** The host alone. */
  static String host(@Nullable EndSubject end, Look look) {
    return end == null || end.host() == null ? name(end, look) : look.clean(end.host());
  }
}
