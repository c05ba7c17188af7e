package io.wgwhy.connectors.collect.probe;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Runs;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Probe;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code traceroute} and {@code tracert}: the first hop as a ping that was answered, the target as
 * one that was or was not. Hops between that stay silent are everyday.
 *
 * <pre>
 * traceroute to 8.8.8.8 (8.8.8.8), 30 hops max, 60 byte packets
 *  1  10.66.66.1  23.114 ms  23.051 ms  23.010 ms
 *  2  * * *
 *
 *  1?: [LOCALHOST]                      pmtu 1420
 *  1:  10.66.66.1                                       14.015ms
 *  2:  192.0.2.80                                       15.410ms reached
 *      Resume: pmtu 1380 hops 2 back 2
 * </pre>
 *
 * <p>tracepath(8) names its target where it reaches it; that it finds a smaller MTU on the way is
 * no fault.
 */
public final class TracerouteParser implements Parser {
  private static final Pattern HEADER =
      Pattern.compile(
          "^(?:traceroute to (?<to>\\S+) \\((?<address>[0-9a-fA-F:.]+)\\),? .*hops max.*"
              + "|(?:Tracing route to|Routenverfolgung zu|D.termination de l.itin.raire vers"
              + "|Traza a|Traccia instradamento verso|Rastreando a rota para|Трассировка маршрута к"
              + "|Bezig met het traceren van de route naar|.{2,10}跟踪|通过最多)"
              + " ?(?:\\S+ \\[)?(?<windows>[0-9.]{7,15})\\]?.*)$");
  private static final Pattern PATH =
      Pattern.compile("^\\s*1\\?: \\[LOCALHOST]\\s.*\\bpmtu \\d{2,5}\\s*$");
  private static final Pattern PATH_HOP =
      Pattern.compile("^\\s*(\\d{1,2}): {1,4}(\\S+)\\s.*?\\d+\\.\\d+ms(.*)$");
  private static final Pattern HOP = Pattern.compile("^\\s*(\\d{1,2})\\s+(\\S.*)$");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<![\\w.:])((?:\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F]{1,4}:[0-9a-fA-F:.]{2,40})(?![\\w.:])");

  /** Fewer silent hops may be routers that do not say anything. */
  private static final int ENOUGH = 2;

  @Override
  public boolean reads(CommandLine command) {
    return command.program().matches("traceroute6?|tracepath6?|tracert(?:\\.exe)?");
  }

  @Override
  public boolean recognises(String output) {
    return TextLines.of(output).stream().anyMatch(TracerouteParser::begins);
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    for (List<String> lines : Runs.of(observation.output(), TracerouteParser::begins)) {
      if (lines.stream().anyMatch(it -> PATH.matcher(it).matches())) {
        path(observation, lines, reading);
      } else {
        one(observation, lines, reading);
      }
    }
  }

  private static boolean begins(String line) {
    return HEADER.matcher(line.strip()).matches() || PATH.matcher(line).matches();
  }

  private static void path(Observation observation, List<String> lines, Reading reading) {
    String first = null;
    String reached = null;
    for (String line : lines) {
      Matcher hop = PATH_HOP.matcher(line);
      if (hop.matches() && Cidr.isAddress(hop.group(2))) {
        first = first == null && hop.group(1).equals("1") ? hop.group(2) : first;
        reached = hop.group(3).contains("reached") ? hop.group(2) : reached;
      }
    }
    if (first == null && reached == null) {
      reading.skip(0, "no address of a hop");
    }
    if (first != null && !first.equals(reached)) {
      reading.add(ping(observation, first, Answer.YES));
    }
    if (reached != null) {
      reading.add(ping(observation, reached, Answer.YES));
    }
  }

  private static void one(Observation observation, List<String> lines, Reading reading) {
    String target = null;
    String first = null;
    boolean reached = false;
    boolean stopped = false;
    int silent = 0;
    for (String line : lines) {
      Matcher header = HEADER.matcher(line.strip());
      Matcher hop = HOP.matcher(line);
      if (header.matches()) {
        String unix = header.group("address");
        target = unix == null ? header.group("windows") : unix;
      } else if (hop.matches()) {
        // Where there are several ways, one hop is several routers.
        List<String> by = ADDRESS.matcher(hop.group(2)).results().map(it -> it.group(1)).toList();
        boolean answered = !by.isEmpty();
        first = hop.group(1).equals("1") ? (answered ? by.get(0) : null) : first;
        silent = answered ? 0 : silent + 1;
        reached |= target != null && by.contains(target);
        // !H, !N, !X: the hop says that it goes no further.
        stopped |= answered && hop.group(2).matches(".* ![HNXP]\\b.*");
      }
    }
    if (target == null || !Cidr.isAddress(target)) {
      reading.skip(0, "no address that was looked for");
      return;
    }
    if (first != null && !first.equals(target)) {
      reading.add(ping(observation, first, Answer.YES));
    }
    if (reached || stopped || silent >= ENOUGH) {
      reading.add(ping(observation, target, Answer.of(reached)));
    }
  }

  private static Probe ping(Observation observation, String target, Answer answered) {
    Probe.@Nullable Problem problem = answered.yes() ? null : Probe.Problem.TRACE_STOPPED;
    return new Probe(
        observation.host(),
        observation.atMillis(),
        Probe.Type.PING,
        target,
        null,
        false,
        null,
        null,
        answered,
        problem,
        null,
        null);
  }
}
