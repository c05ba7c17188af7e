package io.wgwhy.connectors.collect.filter;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.ConntrackFlows;
import io.wgwhy.facts.ConntrackFlows.TrackedFlow;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code conntrack -L} (conntrack(8)) or {@code /proc/net/nf_conntrack}; UDP flows only.
 *
 * <pre>{@code
 * conntrack v1.4.7 (conntrack-tools): 1 flow entries have been shown.
 * udp 17 25 src=198.51.100.20 dst=203.0.113.10 sport=51959 dport=51820 [UNREPLIED] src=203.0.113.10 …
 * }</pre>
 *
 * <p>No flow is news: no rule of the firewall has let a packet through so far.
 */
public final class ConntrackParser implements Parser {
  private static final Pattern ENTRY =
      Pattern.compile(
          "^\\s*(?:ipv[46]\\s+\\d+\\s+)?([a-z0-9-]+)\\s+\\d+\\s+(?:\\d+\\s+)?.*\\bsrc=\\S+ dst=\\S+.*");
  private static final Pattern SHOWN =
      Pattern.compile(".*\\(conntrack-tools\\): \\d+ flow entries have been shown\\.\\s*");

  /** How to list, and no condition but the protocol (conntrack(8)). */
  private static final Pattern ALL_OF_UDP =
      Pattern.compile(
          "(?:(?:(?:-L|--dump)(?: conntrack)?|(?:-p|--proto(?:col)?)[ =]?(?:udp|17)"
              + "|(?:-o|--output)[ =]?[\\w,]+|\\d*>\\S*|/dev/null) )*");

  private static final Pattern TUPLE =
      Pattern.compile("\\bsrc=(\\S+) dst=(\\S+) sport=(\\d+) dport=(\\d+)");

  @Override
  public boolean reads(CommandLine command) {
    return (command.program().equals("conntrack")
            && command.arguments().stream()
                .anyMatch(word -> word.equals("-L") || word.equals("--dump")))
        || (command.program().equals("cat")
            && command.arguments().stream().anyMatch(word -> word.endsWith("/nf_conntrack")));
  }

  @Override
  public boolean recognises(String output) {
    return TextLines.of(output).stream()
        .anyMatch(line -> ENTRY.matcher(line).matches() || SHOWN.matcher(line).matches());
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    List<TrackedFlow> flows = new ArrayList<>();
    boolean unread = false;
    int number = 0;
    for (String line : TextLines.of(observation.output())) {
      number++;
      Matcher entry = ENTRY.matcher(line);
      if (line.isBlank() || SHOWN.matcher(line).matches()) {
        continue;
      }
      if (!entry.matches()) {
        unread = true;
        reading.skip(number, "a flow with its addresses expected");
      } else if (entry.group(1).equals("udp")) {
        TrackedFlow flow = flow(line);
        if (flow == null) {
          unread = true;
          reading.skip(number, "two pairs of addresses and ports expected");
        } else {
          flows.add(flow);
        }
      }
    }
    Integer exit = observation.exit();
    boolean none =
        flows.isEmpty() && !unread && (exit == null || exit == 0) && showsAllOfUdp(command);
    if (!flows.isEmpty() || none) {
      reading.add(new ConntrackFlows(observation.host(), observation.atMillis(), flows));
    }
  }

  /** Whether no flow in the output means that there is none: nothing else was asked for. */
  private static boolean showsAllOfUdp(CommandLine command) {
    return !command.filtered()
        && (!command.program().equals("conntrack")
            || ALL_OF_UDP.matcher(String.join(" ", command.arguments()) + " ").matches());
  }

  private static @Nullable TrackedFlow flow(String line) {
    Matcher tuple = TUPLE.matcher(line);
    if (!tuple.find()) {
      return null;
    }
    String source = Word.of(tuple.group(1));
    String destination = Word.of(tuple.group(2));
    Integer sourcePort = Numbers.port(tuple.group(3));
    Integer destinationPort = Numbers.port(tuple.group(4));
    if (!tuple.find()) {
      return null;
    }
    Integer replySourcePort = Numbers.port(tuple.group(3));
    Integer replyDestinationPort = Numbers.port(tuple.group(4));
    if (sourcePort == null
        || destinationPort == null
        || replySourcePort == null
        || replyDestinationPort == null) {
      return null;
    }
    return new TrackedFlow(
        source,
        sourcePort,
        destination,
        destinationPort,
        Word.of(tuple.group(1)),
        replySourcePort,
        Word.of(tuple.group(2)),
        replyDestinationPort,
        !line.contains("[UNREPLIED]"),
        line.contains("[ASSURED]"));
  }
}
