package io.wgwhy.connectors.sink;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of notices: they arrived, may be tried again, or will never be taken. */
public sealed interface Delivery {

  /** They arrived. */
  record Delivered() implements Delivery {}

  /**
   * They did not arrive, for a reason that passes or that somebody can repair.
   *
   * @param says what happened, for people; holds no secret
   * @param notBefore how long the receiver wants to be left alone; null when it did not say
   */
  record Again(Reason reason, String says, @Nullable Duration notBefore) implements Delivery {}

  /**
   * These notices will never be taken, whenever they are tried; others may be.
   *
   * @param says what the receiver said, for people; holds no secret
   */
  record Refused(String says) implements Delivery {}

  /** Why something did not arrive. A closed list: it is counted by. */
  enum Reason {
    /** Nobody listens, the name is unknown, or the connection broke. */
    CONNECTION,
    /** No answer in time. */
    TIMEOUT,
    /** No trust: a certificate is wrong or has expired. */
    TLS,
    /** The receiver is asked too often. */
    BUSY,
    /** The receiver failed. */
    SERVER,
    /** The receiver does not know us: a token or a password is wrong. */
    AUTHORISATION,
    /** Nothing there takes notices: the address is wrong, or a secret cannot be read. */
    SETTING;

    /** As people write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** It arrived. */
  static Delivery delivered() {
    return new Delivered();
  }

  static Delivery again(Reason reason, String says) {
    return new Again(reason, says, null);
  }
}
