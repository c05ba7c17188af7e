package io.wgwhy.lab;

/** The lab itself does not work, for a reason that the message tells. */
public final class LabException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LabException(String says) {
    super(says);
  }
}
