package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Recognition;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.wg.WgColumnsParser;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.ClockState;
import io.wgwhy.facts.Observation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code date} (date(1)). Nobody knows when it was printed, but before there was WireGuard it was
 * not: a clock that says so was never set.
 *
 * <pre>
 * Thu Jan  1 00:05:33 UTC 1970
 * Sat 01 Jan 2000 12:01:07 AM CET
 * </pre>
 */
public final class DateParser implements Parser {
  /** The year of the paper (NDSS 2017), and of the first release of wireguard-tools before it. */
  private static final int FIRST_YEAR = 2016;

  private static final Pattern DATE =
      Pattern.compile(
          "^\\s*[A-Z][a-z]{2},? (?:[A-Z][a-z]{2} {1,2}\\d{1,2}|\\d{1,2} [A-Z][a-z]{2}(?:"
              + " (?<first>\\d{4}))?) \\d\\d:\\d\\d:\\d\\d(?: [AP]M)?(?: [A-Z]{2,5}|"
              + " [+-]\\d{2,4})?(?: (?<last>\\d{4}))?\\s*$");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("date");
  }

  @Override
  public boolean recognises(String output) {
    return TextLines.of(output).stream().anyMatch(line -> year(line) > 0)
        && !Recognition.of(output).by(new WgColumnsParser());
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    int year =
        TextLines.of(observation.output()).stream().mapToInt(DateParser::year).max().orElse(0);
    if (year == 0) {
      reading.skip(0, "no date");
    } else if (year < FIRST_YEAR) {
      reading.add(
          new ClockState(
              observation.host(), observation.atMillis(), Answer.NO, Answer.UNKNOWN, null));
    }
  }

  /** The year of the line; 0 when it is no date with one. */
  private static int year(String line) {
    Matcher date = line.length() > 60 ? null : DATE.matcher(line);
    if (date == null || !date.matches()) {
      return 0;
    }
    String year = date.group("first") == null ? date.group("last") : date.group("first");
    return year == null ? 0 : Integer.parseInt(year);
  }
}
