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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code dig}, {@code host} and {@code nslookup} (bind9-dnsutils), {@code drill} (ldns), {@code
 * resolvectl query}: whether the server that was asked answers.
 *
 * <pre>{@code
 * ;; communications error to 10.66.66.1#53: timed out
 * ;; no servers could be reached
 * }</pre>
 *
 * <pre>{@code
 * ;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 57240
 * ;; Query time: 2 msec
 * ;; SERVER: 192.0.2.53#53(192.0.2.53) (UDP)
 * }</pre>
 *
 * <p>That a name does not exist is an answer; that a server refuses or fails is none that could be
 * used.
 */
public final class DigParser implements Parser {
  private static final Pattern NO_ANSWER =
      Pattern.compile("^;; communications error to (\\S+)#\\d+: (.*)$");
  private static final Pattern NONE =
      Pattern.compile("^;; (?:connection timed out; )?no servers could be reached.*$");

  /** nslookup of Windows and of BusyBox; PowerShell's Resolve-DnsName. */
  private static final Pattern UNANSWERED =
      Pattern.compile(
          "^(?:DNS request timed out\\.|\\*\\*\\* Request to \\S+ timed-out|nslookup: can't resolve"
              + " '.*|Resolve-DnsName ?: .*(?:timeout period expired|no servers could be reached).*)\\s*$");

  private static final Pattern SERVER =
      Pattern.compile("^(?:;; SERVER: |Server:\\s+|Address:\\s+)([0-9a-fA-F.:]+)(?:#\\d+.*)?\\s*$");
  private static final Pattern STATUS =
      Pattern.compile("^;; ->>HEADER<<- .*(?:status|rcode): (\\w+),.*$");
  private static final Pattern TIME = Pattern.compile("^;; Query time: (\\d+) msec.*$");
  private static final Pattern HOST_ANSWER =
      Pattern.compile(
          "^\\S+ (?:has (?:IPv6 )?address|is an alias for|mail is handled by) .*$"
              + "|^\\S+: [0-9a-fA-F.:]{2,45}\\s+-- link: .*$"
              + "|^\\S+\\s+(?:A|AAAA|CNAME|SOA)\\s+\\d+\\s+(?:Answer|Authority)\\s+\\S+\\s*$");

  private static final Pattern POWERSHELL =
      Pattern.compile("^\\s*Name\\s+Type\\s+TTL\\s+Section\\s+\\S+.*$");

  /** resolvectl(1), by the errors of sd-bus. */
  private static final Pattern RESOLVE_CALL =
      Pattern.compile("^\\S+: resolve call failed: (.*?)\\s*$");

  private static final Pattern LOOKUP_FAILED =
      Pattern.compile(
          "^(?:\\*\\* server can't find \\S+|Host \\S+ not found|\\*\\*\\* \\S+ can't find \\S+):"
              + " (?:\\d+\\(|Query )?(\\w+)\\)?.*$");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().matches("dig|drill|nslookup|host|Resolve-DnsName")
        || (command.program().matches("resolvectl|systemd-resolve")
            && (command.has("query") || command.arguments().size() == 1)
            && !command.arguments().get(0).startsWith("-")
            && !command.has("status"));
  }

  @Override
  public boolean recognises(String output) {
    return TextLines.of(output).stream()
        .anyMatch(
            line ->
                NO_ANSWER.matcher(line).matches()
                    || NONE.matcher(line).matches()
                    || UNANSWERED.matcher(line).matches()
                    || STATUS.matcher(line).matches()
                    || LOOKUP_FAILED.matcher(line).matches()
                    || RESOLVE_CALL.matcher(line).matches()
                    || POWERSHELL.matcher(line).matches()
                    || line.startsWith("; <<>> DiG "));
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    String asked = asked(command);
    String server = null;
    String status = null;
    // By the server that did not answer: the next one may have.
    Map<String, String> failures = new LinkedHashMap<>();
    Long duration = null;
    boolean none = false;
    boolean answer = false;
    for (String line : TextLines.of(observation.output())) {
      Matcher noAnswer = NO_ANSWER.matcher(line);
      Matcher from = SERVER.matcher(line);
      Matcher header = STATUS.matcher(line);
      Matcher time = TIME.matcher(line);
      Matcher failed = LOOKUP_FAILED.matcher(line);
      Matcher call = RESOLVE_CALL.matcher(line);
      if (call.matches()) {
        // That a name is not there is an answer.
        boolean answers = call.group(1).matches(".*(?:not found|does not have any RR).*");
        answer |= answers;
        none |= !answers;
      } else if (noAnswer.matches()) {
        String silentOne = asked != null ? asked : Word.of(noAnswer.group(1));
        failures.putIfAbsent(silentOne, noAnswer.group(2));
      } else if (NONE.matcher(line).matches() || UNANSWERED.matcher(line).matches()) {
        none = true;
      } else if (header.matches()) {
        status = header.group(1);
      } else if (failed.matches()) {
        status = failed.group(1);
      } else if (from.matches()) {
        // nslookup prints the answer's addresses under the same word: the first is the server's.
        server = server == null ? from.group(1) : server;
      } else if (time.matches()) {
        duration = Numbers.whole(time.group(1));
      } else if (HOST_ANSWER.matcher(line).matches()
          || line.matches("Name:\\s+\\S+\\s*")
          || isShortAnswer(line, command)) {
        answer = true;
      }
    }
    Integer exit = observation.exit();
    boolean silent = observation.output().isBlank() && exit != null && exit == 0;
    if (!none && status == null && failures.isEmpty() && !answer && !silent) {
      reading.skip(0, "neither an answer nor an error in the output");
      return;
    }
    boolean answered = !none && (status != null || answer || silent);
    String answering = asked != null ? asked : server;
    if (answered && answering != null) {
      failures.remove(answering); // asked again, it did
    }
    failures.forEach((it, why) -> reading.add(probe(observation, it, failed(why), null)));
    if (answered) {
      reading.add(probe(observation, answering, refused(status), duration));
    } else if (failures.isEmpty()) {
      reading.add(probe(observation, answering, Problem.TIMED_OUT, duration));
    }
    NameAnswers.read(observation, command, reading);
  }

  private static Probe probe(
      Observation observation,
      @Nullable String server,
      @Nullable Problem problem,
      @Nullable Long duration) {
    return new Probe(
        observation.host(),
        observation.atMillis(),
        Probe.Type.DNS,
        server,
        null,
        false,
        null,
        null,
        Answer.of(problem == null),
        problem,
        null,
        duration);
  }

  private static Problem failed(String reason) {
    if (reason.contains("timed out")) {
      return Problem.TIMED_OUT;
    }
    return reason.contains("refused")
        ? Problem.REFUSED
        : reason.contains("unreachable") ? Problem.UNREACHABLE : Problem.OTHER;
  }

  private static @Nullable Problem refused(@Nullable String status) {
    return status == null || status.matches("NOERROR|NXDOMAIN|Non|No|3")
        ? null
        : status.equalsIgnoreCase("refused") ? Problem.REFUSED : Problem.OTHER;
  }

  /** With {@code +short} every line that is no comment is an answer. */
  private static boolean isShortAnswer(String line, CommandLine command) {
    return command.has("+short")
        && !line.isBlank()
        && !line.startsWith(";")
        && !line.startsWith("nameserver ")
        && !line.startsWith("search ")
        && line.matches("\\S+( \\S+)*");
  }

  /** The server that the command names. */
  private static @Nullable String asked(CommandLine command) {
    if (command.program().matches("resolvectl|systemd-resolve")) {
      return null;
    }
    if (command.program().equals("Resolve-DnsName")) {
      String server = command.after("-Server");
      return server.isEmpty() ? null : Word.of(server);
    }
    if (!command.program().matches("host|nslookup")) {
      return command.arguments().stream()
          .filter(word -> word.startsWith("@") && word.length() > 1)
          .map(word -> Word.of(word.substring(1)))
          .findFirst()
          .orElse(null);
    }
    var words = command.arguments().stream().filter(word -> !word.startsWith("-")).toList();
    return words.size() < 2 ? null : Word.of(words.get(1));
  }
}
