package io.wgwhy.cli.report;

import io.wgwhy.connectors.sink.dispatch.Silence;
import java.util.Optional;

/** Why nobody is told of a finding, in a few words for people. */
public final class QuietText {
  private QuietText() {}

  /** Empty where nothing keeps it quiet. */
  public static String of(Optional<Silence> silence) {
    return silence.map(QuietText::text).orElse("");
  }

  private static String text(Silence it) {
    String what =
        (it.isAcknowledgement() ? "acknowledged" : "silenced")
            + (it.until() == null ? "" : " until " + it.until());
    return it.because() == null ? what : what + ": " + it.because();
  }
}
