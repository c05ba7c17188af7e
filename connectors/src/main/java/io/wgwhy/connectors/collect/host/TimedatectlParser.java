package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.OutputLines;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.ClockState;
import io.wgwhy.facts.Observation;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code timedatectl}, {@code timedatectl show} and {@code timedatectl timesync-status}
 * (timedatectl(1)).
 *
 * <pre>
 *                Time zone: Etc/UTC (UTC, +0000)
 * System clock synchronized: yes
 *               NTP service: active
 *
 * NTP=yes
 * NTPSynchronized=yes
 *
 *        Offset: +1.204ms
 * </pre>
 *
 * In another language the words are unknown but the order is the same: after the time zone, which
 * ends in its offset, come the synchronisation and the service.
 */
public final class TimedatectlParser implements Parser {
  private static final Set<String> YES =
      Set.of("yes", "active", "ja", "aktiv", "oui", "sí", "si", "sim", "да", "tak", "ano");
  private static final Set<String> NO =
      Set.of("no", "inactive", "nein", "inaktiv", "non", "não", "нет", "nie", "ne");

  private static final Pattern ZONE =
      Pattern.compile("[^:]{1,60}: \\S{1,40} \\(\\S{1,10}, [+-]\\d{4}\\)\\s*");
  private static final Pattern SYNCED =
      Pattern.compile(
          "\\s*(?:System clock synchronized|NTP synchronized|NTPSynchronized)\\s*[:=]\\s*(\\S+)\\s*");
  private static final Pattern SERVICE =
      Pattern.compile(
          "\\s*(?:NTP service|Network time on|NTP enabled|NTP|systemd-timesyncd\\.service active)"
              + "\\s*[:=]\\s*(\\S+)\\s*");
  private static final Pattern OFFSET =
      Pattern.compile("\\s*Offset:\\s*([+-]?\\d{1,12}(?:\\.\\d{1,9})?)(us|ms|s|min|h)\\b.*");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("timedatectl") && !command.has("set-ntp");
  }

  @Override
  public boolean recognises(String output) {
    return OutputLines.of(output).stream()
        .anyMatch(
            line ->
                line.length() < 200
                    && (SYNCED.matcher(line).matches()
                        || ZONE.matcher(line).matches()
                        || OFFSET.matcher(line).matches()));
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    Answer synced = Answer.UNKNOWN;
    Answer service = Answer.UNKNOWN;
    Long offset = null;
    boolean found = false;
    int afterZone = Integer.MAX_VALUE;
    for (String line : OutputLines.of(observation.output())) {
      if (line.length() >= 200) {
        continue;
      }
      afterZone = ZONE.matcher(line).matches() ? 0 : Math.min(afterZone, 10) + 1;
      found |= afterZone == 0;
      Line says = Line.of(line, afterZone);
      synced = says.synced() == null ? synced : answer(says.synced());
      service = says.service() == null ? service : answer(says.service());
      offset = says.offset() == null ? offset : says.offset();
      found |= !says.equals(Line.NOTHING);
    }
    if (found) {
      reading.add(
          new ClockState(observation.host(), observation.atMillis(), synced, service, offset));
    } else {
      reading.skip(0, "no line of timedatectl");
    }
  }

  /** What one line says, null for what it does not. */
  private record Line(@Nullable String synced, @Nullable String service, @Nullable Long offset) {
    static final Line NOTHING = new Line(null, null, null);

    /**
     * @param afterZone how many lines after the time zone it stands
     */
    static Line of(String line, int afterZone) {
      String synced = value(SYNCED, line);
      String service = value(SERVICE, line);
      if (synced == null && service == null) {
        synced = afterZone == 1 ? last(line) : null;
        service = afterZone == 2 ? last(line) : null;
      }
      return new Line(synced, service, TimedatectlParser.offset(line));
    }
  }

  private static @Nullable String value(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.matches() ? matcher.group(1) : null;
  }

  private static @Nullable String last(String line) {
    int colon = line.lastIndexOf(": ");
    return colon < 0 ? null : line.substring(colon + 2).strip();
  }

  private static Answer answer(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return YES.contains(lower) ? Answer.YES : NO.contains(lower) ? Answer.NO : Answer.UNKNOWN;
  }

  private static @Nullable Long offset(String line) {
    Matcher matcher = OFFSET.matcher(line);
    if (!matcher.matches()) {
      return null;
    }
    double millis =
        switch (List.of("us", "ms", "s", "min").indexOf(matcher.group(2))) {
          case 0 -> 0.001;
          case 1 -> 1;
          case 2 -> 1_000;
          case 3 -> 60_000;
          default -> 3_600_000;
        };
    return Math.round(Double.parseDouble(matcher.group(1)) * millis);
  }
}
