package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.ClockState;
import io.wgwhy.facts.Observation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code chronyc tracking} (chronyc(1), "tracking").
 *
 * <pre>
 * Reference ID    : C0000235 (ntp.example.org)
 * System time     : 0.000012345 seconds slow of NTP time
 * Leap status     : Normal
 * </pre>
 */
public final class ChronycParser implements Parser {
  private static final Pattern LEAP =
      Pattern.compile("(?m)^[ \\t]*Leap status[ \\t]*: *(\\w[\\w ]{0,30})");
  private static final Pattern SYSTEM_TIME =
      Pattern.compile(
          "(?m)^[ \\t]*System time[ \\t]*: *(\\d{1,12}(?:\\.\\d{1,12})?) seconds (slow|fast) of NTP time");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("chronyc") && command.has("tracking");
  }

  @Override
  public boolean recognises(String output) {
    return LEAP.matcher(output).find() || SYSTEM_TIME.matcher(output).find();
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    Matcher leap = LEAP.matcher(observation.output());
    Long offset = offset(observation.output());
    if (!leap.find()) {
      reading.skip(0, "no leap status");
      return;
    }
    String status = leap.group(1).strip();
    Answer synced =
        switch (status) {
          case "Normal", "Insert second", "Delete second" -> Answer.YES;
          case "Not synchronised", "Not synchronized" -> Answer.NO;
          default -> Answer.UNKNOWN;
        };
    // It is chronyd that answers.
    reading.add(
        new ClockState(
            observation.host(),
            observation.atMillis(),
            synced,
            Answer.YES,
            synced.yes() ? offset : null));
  }

  /** Positive when the host's clock is ahead. */
  private static @Nullable Long offset(String output) {
    Matcher time = SYSTEM_TIME.matcher(output);
    if (!time.find()) {
      return null;
    }
    long millis = Math.round(Double.parseDouble(time.group(1)) * 1000);
    return time.group(2).equals("fast") ? millis : -millis;
  }
}
