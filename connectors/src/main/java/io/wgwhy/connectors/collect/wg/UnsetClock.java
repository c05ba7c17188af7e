package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.ClockState;
import io.wgwhy.facts.Observation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a host that begins handshakes does so with a clock that nobody has set since it was
 * switched on, by the times of its own log. Without a clock that runs on, Linux begins in 1970.
 *
 * <pre>
 * Thu Jan  1 00:00:24 1970 kern.info kernel: [   24.540201] wireguard: …   logread (OpenWrt)
 * Jan  1 00:00:24 camera kernel: [   24.540201] wireguard: wg0: …             syslog: without a year
 * </pre>
 */
final class UnsetClock {
  /** Before there was WireGuard (NDSS 2017). */
  private static final Pattern OLD =
      Pattern.compile(
          "^\\s*(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} {1,2}\\d{1,2} \\d\\d:\\d\\d:\\d\\d (?:19\\d\\d|200\\d|201[0-5])\\b"
              + "|^\\s*(?:19\\d\\d|200\\d|201[0-5])[-/]\\d\\d[-/]\\d\\d[T ]\\d\\d:\\d\\d");

  /** The first hours of a year, in whichever zone. */
  private static final Pattern NEW_YEAR =
      Pattern.compile("^\\s*Jan {1,2}1 (?:0\\d|1[0-4]):([0-5]\\d):([0-5]\\d)\\b");

  /** What the system takes until the kernel's own clock and the log's begin alike, ms. */
  private static final long SLACK = 60_000;

  private static final long HOUR = 3_600_000;

  private boolean unset;

  /** A line that says of a handshake that it was begun in vain: the last one counts. */
  void read(String line) {
    unset = OLD.matcher(line).find() || isSinceBoot(line);
  }

  /** Tells it, if so. */
  void tell(Observation observation, Reading reading) {
    if (unset) {
      reading.add(
          new ClockState(
              observation.host(), observation.atMillis(), Answer.NO, Answer.UNKNOWN, null));
    }
  }

  /** It is as late in the first hours of the year as the kernel runs. */
  private static boolean isSinceBoot(String line) {
    Matcher time = NEW_YEAR.matcher(line);
    Long uptime = AnsweredInVain.sinceBoot(line);
    if (!time.find() || uptime == null) {
      return false;
    }
    long past = (Long.parseLong(time.group(1)) * 60 + Long.parseLong(time.group(2))) * 1000;
    return Math.abs(past - uptime % HOUR) <= SLACK && uptime < 24 * HOUR;
  }
}
