package io.wgwhy.connectors.sink;

/** A setting that cannot be used. The message says what it should be; it never repeats a value. */
public final class BadSetting extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param says what is wrong, to be read after the setting's name
   */
  public BadSetting(String says) {
    super(says);
  }
}
