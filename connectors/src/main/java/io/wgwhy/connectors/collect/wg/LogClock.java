package io.wgwhy.connectors.collect.wg;

import io.wgwhy.facts.Observation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The times of a log's lines, in any of the usual forms:
 *
 * <pre>
 * 2026/11/22 12:22:16                wireguard-go
 * 2026-11-22T12:22:16.123456+0000    journalctl -o short-iso-precise, rsyslog
 * Nov 22 12:22:16                    journalctl
 * [Sun Nov 22 12:22:16 2026]         dmesg -T
 * </pre>
 *
 * Times since boot, and months in another language, are unknown. A time without a zone is the
 * host's local one: it is taken for UTC, and where that would lie in the future, for the nearest
 * zone in which it does not.
 */
final class LogClock {
  private static final Pattern ISO =
      Pattern.compile(
          "\\b(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(?:[.,]\\d{1,9})?(Z|[+-]\\d\\d:?\\d\\d)");
  private static final Pattern GO =
      Pattern.compile("\\b(\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d)\\b");
  private static final Pattern SHORT =
      Pattern.compile("^(?:<\\d+>)?([A-Z][a-z]{2}) {1,2}(\\d{1,2}) (\\d\\d:\\d\\d:\\d\\d)\\b");
  private static final Pattern DMESG =
      Pattern.compile(
          "^\\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\\d{1,2}) (\\d\\d:\\d\\d:\\d\\d) (\\d{4})]");

  private static final DateTimeFormatter SLASHES =
      DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss");
  private static final DateTimeFormatter WORDS =
      DateTimeFormatter.ofPattern("uuuu MMM d HH:mm:ss", Locale.ENGLISH);

  /** Zones lie on whole quarters of an hour. */
  private static final long QUARTER = 900_000;

  /** A line may be a little newer than the time at which the command was started. */
  private static final long SLACK = 60_000;

  private final long now;
  private final long toShared;

  LogClock(Observation observation) {
    now = Math.round(observation.at() * 1000);
    toShared = observation.atMillis() - now;
  }

  /** When the line was written, by the host's clock, ms since the epoch; null when unknown. */
  @Nullable Long read(String line) {
    try {
      Matcher iso = ISO.matcher(line);
      if (iso.find()) {
        String zone = iso.group(2).replaceFirst("^([+-]\\d\\d)(\\d\\d)$", "$1:$2");
        return OffsetDateTime.parse(iso.group(1) + zone).toInstant().toEpochMilli();
      }
      Matcher go = GO.matcher(line);
      if (go.find()) {
        return local(LocalDateTime.parse(go.group(1), SLASHES));
      }
      Matcher dmesg = DMESG.matcher(line);
      if (dmesg.find()) {
        return local(words(dmesg.group(4), dmesg.group(1), dmesg.group(2), dmesg.group(3)));
      }
      Matcher syslog = SHORT.matcher(line);
      return syslog.find() ? thisYear(syslog) : null;
    } catch (DateTimeParseException noTime) {
      return null;
    }
  }

  /** On the timeline that all hosts share. */
  long shared(long hostMillis) {
    return hostMillis + toShared;
  }

  private @Nullable Long thisYear(Matcher syslog) {
    try {
      int year = Instant.ofEpochMilli(now).atOffset(ZoneOffset.UTC).getYear();
      LocalDateTime time =
          words(Integer.toString(year), syslog.group(1), syslog.group(2), syslog.group(3));
      boolean lastYear = time.toInstant(ZoneOffset.UTC).toEpochMilli() > now + 86_400_000;
      return local(lastYear ? time.minusYears(1) : time);
    } catch (DateTimeException outOfRange) {
      return null;
    }
  }

  private static LocalDateTime words(String year, String month, String day, String time) {
    return LocalDateTime.parse(year + " " + month + " " + day + " " + time, WORDS);
  }

  private Long local(LocalDateTime time) {
    long utc = time.toInstant(ZoneOffset.UTC).toEpochMilli();
    long ahead = utc - now - SLACK;
    // UTC+14 is the easternmost zone.
    if (ahead <= 0 || ahead > 14 * 4 * QUARTER) {
      return utc;
    }
    return utc - (ahead + QUARTER - 1) / QUARTER * QUARTER;
  }
}
