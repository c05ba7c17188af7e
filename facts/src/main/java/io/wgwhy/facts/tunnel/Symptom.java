package io.wgwhy.facts.tunnel;

import java.util.Locale;

/** What is wrong with a tunnel, without a reason. */
public record Symptom(String tunnel, Kind kind) {

  /** In the order in which they hide one another: the earlier explains the later. */
  public enum Kind {
    /** No end of it can be looked at: whether it works is not known. */
    NO_SIGHT,
    /** The interface is not there, or is down. */
    NO_INTERFACE,
    /** Initiations, and never a handshake. */
    NO_HANDSHAKE,
    /** There was a handshake; now nothing comes back. */
    WORKS_THEN_DIES,
    /** Sessions are made again and again, with gaps between them. */
    UNSTABLE,
    /** There is a session, and nothing but keepalives comes back. */
    NOTHING_COMES_BACK,
    /** The packets for an address do not go into the tunnel. */
    NOT_IN_TUNNEL,
    /** The other end's tunnel address answers, nothing behind it does. */
    NOTHING_BEYOND,
    /** Small packets pass, large ones do not. */
    LARGE_PACKETS_VANISH,
    /** Addresses answer, names do not resolve. */
    NAMES_FAIL,
    /** Somebody says that it is down; nothing was measured. */
    REPORTED;

    /** The word for it in a finding: {@code no-handshake}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
