package io.wgwhy.facts;

import org.jspecify.annotations.Nullable;

/**
 * A command that could not tell anything: what it would have shown is unknown.
 *
 * @param command the program's name, without arguments
 * @param reason why it failed
 * @param exit its exit code; null when unknown
 */
public record CommandFailure(
    String host, long at, String command, Reason reason, @Nullable Integer exit) implements Fact {

  /** Why a command failed. */
  public enum Reason {
    NOT_FOUND,
    NOT_PERMITTED,
    NO_SUCH_DEVICE,
    TIMED_OUT,
    /** It printed more than is kept: a part of it would look like all of it. */
    TOO_LONG,
    OTHER
  }

  @Override
  public String identity() {
    return "command-failure/" + host + "/" + command;
  }
}
