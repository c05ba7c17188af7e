package io.wgwhy.cli.alert;

import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.connectors.sink.Span;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

/**
 * A moment to come, as people write it: {@code 14:00} by this host's clock, {@code 2h} from now, or
 * {@code 2026-11-22T14:00:00Z}.
 */
public final class Until {
  private Until() {}

  /**
   * @param now with the zone that a time of day is meant in
   * @throws BadSetting if it is none, or past
   */
  public static Instant of(String text, ZonedDateTime now) {
    Instant until = read(text.strip(), now);
    if (!until.isAfter(now.toInstant())) {
      throw new BadSetting("--until " + text + " is past");
    }
    return until;
  }

  private static Instant read(String text, ZonedDateTime now) {
    try {
      if (text.matches("\\d{1,2}:\\d{2}")) {
        LocalTime time = LocalTime.parse(text.length() == 4 ? "0" + text : text);
        ZonedDateTime today = now.with(time);
        return (today.isAfter(now) ? today : now.plusDays(1).with(time)).toInstant();
      }
      return text.matches("\\d+\\s*[a-z]+")
          ? now.toInstant().plus(Span.of(text).length())
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new BadSetting("--until takes 14:00, 2h or 2026-11-22T14:00:00Z, not " + text);
    }
  }
}
