package io.wgwhy.cli;

/** A command has to give up, for a reason that the person who typed it can do something about. */
final class CannotGoOn extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exit;

  /**
   * @param says what is wrong and what to do next, in one line
   */
  CannotGoOn(int exit, String says) {
    super(says);
    this.exit = exit;
  }

  int exit() {
    return exit;
  }
}
