package io.wgwhy.connectors.collect.probe;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Probe;
import io.wgwhy.facts.Probe.Problem;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code curl} (curl(1)), its error messages, and a summary asked for with {@code -w
 * 'http=%{http_code} bytes=%{size_download} time=%{time_total} remote=%{remote_ip}
 * err=%{errormsg}'}.
 *
 * <pre>{@code
 * curl: (28) Operation timed out after 8001 milliseconds with 0 out of 115000 bytes received
 * http=200 bytes=0 time=8.001876 remote=192.0.2.80 err=Operation timed out after 8001 milliseconds …
 * }</pre>
 *
 * <p>A page that begins and stops coming is told apart from a host that does not answer: it is how
 * a path that loses large packets looks.
 */
public final class CurlParser implements Parser {
  /** curl(1), "EXIT CODES". */
  private static final String TIMED_OUT = "28";

  private static final Pattern SUMMARY =
      Pattern.compile("^http=(\\d{3}) bytes=(\\d+) time=([\\d.]+) remote=(\\S*) err=(.*)$");
  private static final Pattern ERROR = Pattern.compile("^curl: \\((\\d{1,3})\\) (.*)$");
  private static final Pattern BYTES =
      Pattern.compile("with (\\d+) (?:out of \\d+ )?bytes received");
  private static final Pattern MILLISECONDS = Pattern.compile("after (\\d+) (?:ms|milliseconds)");
  private static final Pattern CONNECTED =
      Pattern.compile("^\\* (?:Connected to|Established connection to) .*");
  private static final Pattern URL =
      Pattern.compile(
          "^(?:https?://)?(?:[^/@]*@)?(\\[[0-9a-fA-F:.%]+\\]|[^/:?#\\[\\]]+)(?:[:/?#].*)?$");

  /** Options whose value is the next word (curl(1)), so that it is not taken for the URL. */
  private static final Pattern WITH_VALUE =
      Pattern.compile(
          "-[a-zA-Z]*[AbcCdDeEFHhKmoPQrtTuUwxXyYz]|--(?:max-time|connect-timeout|output|write-out|interface|resolve"
              + "|header|user-agent|request|data|retry|retry-delay|proxy|cacert|dns-servers|range)");

  /** curl's exit codes for a call that asked nothing of the network (curl(1), "EXIT CODES"). */
  private static final Pattern NOT_ASKED = Pattern.compile("[1-4]|23|26|27|37|43|77");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().matches("curl|iperf3")
        || (command.program().equals("wget") && AskedAddress.isAskedBy(command));
  }

  @Override
  public boolean recognises(String output) {
    return TextLines.of(output).stream()
            .anyMatch(line -> SUMMARY.matcher(line).matches() || ERROR.matcher(line).matches())
        || SshTrace.isIn(output)
        || StalledTransfer.isIn(output);
  }

  /** {@code curl -v} that somebody gave up waiting for: it said hello, and nothing came. */
  private static boolean stoppedAtHello(Observation observation) {
    List<String> lines =
        TextLines.of(observation.output()).stream()
            .map(it -> it.replace("^C", "").strip())
            .filter(it -> !it.isEmpty())
            .toList();
    return !lines.isEmpty()
        && lines.get(lines.size() - 1).matches("\\* .*(?:OUT\\), TLS.*[Cc]lient hello.*)");
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    if (StalledTransfer.isIn(observation.output())) {
      StalledTransfer.read(observation, reading);
      return;
    }
    if (SshTrace.isIn(observation.output())) {
      SshTrace.read(observation, reading);
      return;
    }
    if (AskedAddress.isAskedBy(command) && AskedAddress.read(observation, reading)) {
      return;
    }
    Matcher summary = null;
    String code = null;
    String message = "";
    boolean connected = false;
    for (String line : TextLines.of(observation.output())) {
      Matcher error = ERROR.matcher(line);
      // The summary may stand behind a page that does not end with a line's end.
      int at = Math.max(0, line.lastIndexOf("http="));
      Matcher found = SUMMARY.matcher(line.substring(at));
      if (error.matches()) {
        code = error.group(1);
        message = error.group(2);
      } else if (found.matches()) {
        summary = found;
      }
      connected |= CONNECTED.matcher(line).matches();
    }
    Integer exit = observation.exit();
    if (code == null && exit != null && exit != 0) {
      code = exit.toString();
    }
    if (summary != null && message.isEmpty()) {
      message = summary.group(5);
    }
    if (code == null && summary == null && exit == null && stoppedAtHello(observation)) {
      code = TIMED_OUT;
      connected = true;
    }
    boolean known = code != null || exit != null || summary != null;
    if (!known || (code != null && NOT_ASKED.matcher(code).matches())) {
      reading.skip(0, "neither an exit code nor an error in the output");
      return;
    }
    connected |= summary != null && !summary.group(4).isEmpty();
    boolean begun = summary != null && !summary.group(1).equals("000");
    boolean answered = code == null && message.isEmpty() && (summary == null || begun);
    reading.add(
        new Probe(
            observation.host(),
            observation.atMillis(),
            Probe.Type.HTTP,
            target(command),
            null,
            false,
            null,
            null,
            Answer.of(answered),
            answered ? null : problem(code, message.toLowerCase(Locale.ROOT), connected || begun),
            bytes(summary, message),
            duration(summary, message)));
  }

  private static Problem problem(@Nullable String code, String message, boolean connected) {
    if ("6".equals(code) || "5".equals(code) || message.contains("resolv")) {
      return Problem.NAME_NOT_RESOLVED;
    }
    if ("28".equals(code) || message.contains("timed out") || message.contains("timeout")) {
      boolean began = connected || BYTES.matcher(message).find() || message.contains("ssl");
      return began && !message.startsWith("connection timed out")
          ? Problem.STALLED
          : Problem.TIMED_OUT;
    }
    if (message.contains("refused")) {
      return Problem.REFUSED;
    }
    if (message.contains("no route to host") || message.contains("unreachable")) {
      return Problem.UNREACHABLE;
    }
    if (message.contains("required key not available")) {
      return Problem.REQUIRED_KEY_NOT_AVAILABLE;
    }
    if (message.contains("destination address required")) {
      return Problem.DESTINATION_ADDRESS_REQUIRED;
    }
    return message.contains("not permitted") ? Problem.NOT_PERMITTED : Problem.OTHER;
  }

  private static @Nullable Long bytes(@Nullable Matcher summary, String message) {
    Matcher bytes = BYTES.matcher(message);
    return summary != null
        ? Numbers.whole(summary.group(2))
        : bytes.find() ? Numbers.whole(bytes.group(1)) : null;
  }

  private static @Nullable Long duration(@Nullable Matcher summary, String message) {
    if (summary != null) {
      try {
        return Math.round(Double.parseDouble(summary.group(3)) * 1000);
      } catch (NumberFormatException notANumber) {
        return null;
      }
    }
    Matcher milliseconds = MILLISECONDS.matcher(message);
    return milliseconds.find() ? Numbers.whole(milliseconds.group(1)) : null;
  }

  /** The host of the URL. */
  private static @Nullable String target(CommandLine command) {
    String target = null;
    boolean value = false;
    for (String word : command.arguments()) {
      Matcher url = URL.matcher(word);
      boolean scheme = word.startsWith("http://") || word.startsWith("https://");
      if (scheme || (!value && !word.startsWith("-"))) {
        // A quoted value with blanks falls apart into words: only a name or address is one.
        boolean host = url.matches() && (scheme || (target == null && url.group(1).contains(".")));
        target = host ? Word.of(url.group(1).replaceAll("[\\[\\]]", "")) : target;
      }
      value = WITH_VALUE.matcher(word).matches();
    }
    return target;
  }
}
