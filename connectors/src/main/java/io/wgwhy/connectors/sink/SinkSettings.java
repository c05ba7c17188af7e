package io.wgwhy.connectors.sink;

/** The settings of one sink, as they stand in a file. Bad ones are refused on construction. */
public interface SinkSettings {

  /**
   * Opens the sink; nobody is connected to yet.
   *
   * @throws BadSetting if a secret or a certificate cannot be read
   */
  Sink open();

  /** Where it goes, for people; holds no secret. */
  String destination();
}
