package io.wgwhy.engine.stream;

/** A record is not let in; the message is the reason. */
final class Refused extends Exception {

  Refused(String reason) {
    // No stack trace: the reason says it all, and a flood of bad records must stay cheap.
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
