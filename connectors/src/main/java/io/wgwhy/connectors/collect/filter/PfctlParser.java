package io.wgwhy.connectors.collect.filter;

import io.wgwhy.connectors.collect.output.Cidr;
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
 * {@code pfctl -ss} (pfctl(8); pf_print_state.c, print_state): what pf on FreeBSD, OpenBSD,
 * OPNsense, pfSense and macOS tracks, UDP states only; and its rules.
 *
 * <pre>{@code
 * all udp 203.0.113.10:51820 <- 198.51.100.20:45907       MULTIPLE:MULTIPLE
 * all udp 203.0.113.10:51820 <- 198.51.100.21:51820       NO_TRAFFIC:SINGLE
 * all udp 203.0.113.10:64001 (10.14.0.5:51820) -> 198.51.100.20:51820       SINGLE:NO_TRAFFIC
 * all udp 2001:db8::10[51820] <- 2001:db8:9::20[45907]       MULTIPLE:MULTIPLE
 * }</pre>
 *
 * <p>The arrow comes from who sent the first packet, and each state is that of the end on its side.
 * In parentheses stands the address before the translation, seen from the packet's way; macOS
 * prints it between two arrows. A blocked packet leaves no state; neither does one while pf is off,
 * so that no state at all says nothing.
 */
public final class PfctlParser implements Parser {
  private static final String END = "([^\\s()\\[\\]]{2,60}?)(?::(\\d{1,5})|\\[(\\d{1,5})\\])";

  /** OpenBSD puts the number of a routing domain before an address: {@code (1) 192.0.2.1:22}. */
  private static final String DOMAIN = "(?:\\(\\d{1,5}\\) )?";

  private static final String TRANSLATED = "(?: \\(" + DOMAIN + END + "\\))?";
  private static final String STATES = "\\s+([A-Z_]{1,20}):([A-Z_]{1,20})\\s*$";

  private static final Pattern STATE =
      Pattern.compile(
          "^\\S{1,64} udp "
              + (DOMAIN + END + TRANSLATED)
              + " (->|<-) "
              + (DOMAIN + END + TRANSLATED)
              + STATES);

  private static final Pattern THREE =
      Pattern.compile("^\\S{1,64} udp " + END + " (->|<-) " + END + " \\4 " + END + STATES);

  private static final Pattern ENTRY =
      Pattern.compile(
          "^\\S{1,64} ([a-z0-9-]{1,20}) \\S.* (?:->|<-) \\S.*\\s[A-Z0-9_]+:[A-Z0-9_]+\\s*$");

  /** With -v, more about the state above it; without ALTQ, a remark. */
  private static final Pattern REMARK = Pattern.compile("^\\s.*|.*\\bALTQ\\b.*|STATES:");

  /** An address and its port. */
  private record End(String address, int port) {}

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("pfctl")
        && (command.arguments().stream().anyMatch(it -> it.matches("-[qnv]*s[sr][a-z]*"))
            || command.after("-s").startsWith("s")
            || command.after("-s").matches("r(?:ules)?")
            || command.after("-s").matches("n(?:at)?")
            || command.has("-sn"));
  }

  @Override
  public boolean recognises(String output) {
    return TextLines.of(output).stream()
        .anyMatch(
            line -> ENTRY.matcher(line).matches() || PfNat.isRule(line) || PfFilter.isRule(line));
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    boolean nat = PfNat.read(observation, reading);
    if (PfFilter.read(observation, command, reading) || nat) {
      return;
    }
    List<TrackedFlow> flows = new ArrayList<>();
    int states = 0;
    boolean unread = false;
    int number = 0;
    for (String line : TextLines.of(observation.output())) {
      number++;
      Matcher entry = ENTRY.matcher(line);
      if (line.isBlank() || REMARK.matcher(line).matches()) {
        continue;
      }
      boolean udp = entry.matches() && entry.group(1).equals("udp");
      TrackedFlow flow = udp ? flow(line) : null;
      if (flow != null) {
        flows.add(flow);
      } else if (udp || !entry.matches()) {
        unread = true;
        reading.skip(number, "a state with its two addresses expected");
      }
      states += entry.matches() ? 1 : 0;
    }
    if (!flows.isEmpty() || (states > 0 && !unread && !command.filtered())) {
      reading.add(new ConntrackFlows(observation.host(), observation.atMillis(), flows));
    } else if (states == 0) {
      reading.skip(0, "no state in it: pf may be off");
    }
  }

  private static @Nullable TrackedFlow flow(String line) {
    Matcher three = THREE.matcher(line);
    if (three.matches()) {
      return three(three);
    }
    Matcher state = STATE.matcher(line);
    if (!state.matches()) {
      return null;
    }
    boolean out = state.group(7).equals("->");
    End left = end(state, 1);
    End right = end(state, 8);
    End leftBefore = state.group(4) == null ? left : end(state, 4);
    End rightBefore = state.group(11) == null ? right : end(state, 11);
    return out
        ? flow(leftBefore, rightBefore, right, left, state.group(14), state.group(15))
        : flow(rightBefore, leftBefore, left, right, state.group(15), state.group(14));
  }

  /** {@code inside -> translated -> outside}, or the same the other way. */
  private static @Nullable TrackedFlow three(Matcher three) {
    boolean out = three.group(4).equals("->");
    End inside = end(three, 1);
    End translated = end(three, 5);
    End outside = end(three, 8);
    return out
        ? flow(inside, outside, outside, translated, three.group(11), three.group(12))
        : flow(outside, translated, inside, outside, three.group(12), three.group(11));
  }

  private static @Nullable TrackedFlow flow(
      @Nullable End source,
      @Nullable End destination,
      @Nullable End replySource,
      @Nullable End replyDestination,
      String sent,
      String answered) {
    if (source == null || destination == null || replySource == null || replyDestination == null) {
      return null;
    }
    return new TrackedFlow(
        source.address(),
        source.port(),
        destination.address(),
        destination.port(),
        replySource.address(),
        replySource.port(),
        replyDestination.address(),
        replyDestination.port(),
        !answered.equals("NO_TRAFFIC"),
        sent.equals("MULTIPLE") && answered.equals("MULTIPLE"));
  }

  private static @Nullable End end(Matcher state, int group) {
    String digits =
        state.group(group + 1) == null ? state.group(group + 2) : state.group(group + 1);
    Integer port = digits == null ? null : Numbers.port(digits);
    return port == null ? null : new End(address(state.group(group)), port);
  }

  /** The address without its zone; {@code ?} when somebody made it unreadable. */
  private static String address(String text) {
    String plain = text.replaceFirst("%.*$", "");
    return Cidr.isAddress(plain) ? plain : Word.HIDDEN;
  }
}
