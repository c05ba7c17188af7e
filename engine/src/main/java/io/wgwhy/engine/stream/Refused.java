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

  Refusal refusal() {
    return refusal;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
