package io.wgwhy.connectors.collect.probe;

import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Runs;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Observation;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ssh -v} (OpenSSH, kex.c): a connection that is made, and then waits for the server's first
 * large packet. Read with curl's: as a command, ssh names the host on which another one runs.
 *
 * <pre>
 * debug1: Connecting to 10.66.66.1 [10.66.66.1] port 22.
 * debug1: Connection established.
 * debug1: SSH2_MSG_KEXINIT sent
 * debug1: expecting SSH2_MSG_KEX_ECDH_REPLY
 * </pre>
 */
final class SshTrace {
  private static final Pattern CONNECTING =
      Pattern.compile("^debug1: Connecting to (\\S+) (?:\\[([0-9a-fA-F:.]+)] )?port \\d+\\.?\\s*$");
  private static final Pattern EXPECTING =
      Pattern.compile("^debug1: expecting SSH2_MSG_KEX\\w*_(?:REPLY|GROUP)\\b.*$");

  private SshTrace() {}

  static boolean isIn(String output) {
    return TextLines.of(output).stream()
        .anyMatch(it -> CONNECTING.matcher(it).matches() || EXPECTING.matcher(it).matches());
  }

  static void read(Observation observation, Reading reading) {
    boolean waits = false;
    for (List<String> lines : Runs.of(observation.output(), SshTrace::begins)) {
      waits |= one(observation, lines, reading);
    }
    if (!waits) {
      reading.skip(0, "no connection that waits for its keys");
    }
  }

  private static boolean begins(String line) {
    return line.startsWith("OpenSSH_") || CONNECTING.matcher(line).matches();
  }

  private static boolean one(Observation observation, List<String> lines, Reading reading) {
    String target = null;
    String last = "";
    for (String line : lines) {
      Matcher connecting = CONNECTING.matcher(line);
      if (connecting.matches()) {
        target = Word.of(connecting.group(2) == null ? connecting.group(1) : connecting.group(2));
      }
      last = line.startsWith("debug1: ") ? line : last;
    }
    if (!EXPECTING.matcher(last).matches()) {
      return false;
    }
    reading.add(StalledTransfer.of(observation, target));
    return true;
  }
}
