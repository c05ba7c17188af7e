package io.wgwhy.engine.stream;

/** A record is not let in; the message is the reason, in the words of this one case. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  Refused(Refusal refusal, String reason) {
    // No stack trace: the reason says it all, and a flood of bad records must stay cheap.
    super(reason, null, false, false);
    this.refusal = refusal;
  }

  /** Of a session that failed. Its message may quote a fact, so only the kind is told. */
  static Refused by(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new Refused(
        Refusal.SESSION_FAILED, "the session failed: " + root.getClass().getSimpleName());
  }

  Refusal refusal() {
    return refusal;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
