package io.wgwhy.connectors.collect.capture;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Capture;
import io.wgwhy.facts.Capture.Direction;
import io.wgwhy.facts.Observation;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code tcpdump} (tcpdump(8)), text output with any kind of timestamp, also {@code -v}, {@code -e}
 * and {@code -i any}.
 *
 * <pre>{@code
 * listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes
 * 1795350043.061880 IP 192.168.50.10.51612 > 203.0.113.99.51820: UDP, length 148
 * 1795350043.062290 IP 198.51.100.1 > 192.168.50.10: ICMP host 203.0.113.99 unreachable, length 184
 * 12:00:01.000000 eth0  In  IP6 2001:db8::1.51820 > 2001:db8::2.40000: UDP, length 92
 * 3 packets captured
 * }</pre>
 *
 * <p>And the summaries of {@code tshark} (tshark(1)), which name WireGuard's messages.
 *
 * <p>With {@code -v} a packet takes two lines, and an ICMP error is followed by the packet that it
 * quotes, which was not captured and is not counted.
 */
public final class TcpdumpParser implements Parser {
  private static final Pattern TIME =
      Pattern.compile(
          "^\\s{0,2}(?:(\\d{10}\\.\\d+)|(?:\\d{4}-\\d\\d-\\d\\d )?-?\\d{1,2}:\\d\\d:\\d\\d(?:\\.\\d+)?)\\s+(.*)$");
  private static final Pattern DEVICE =
      Pattern.compile("^(?:\\S{1,32}\\s+)?(In|Out|B|M|P)\\s+(.*)$");
  private static final Pattern LISTENING = Pattern.compile("\\blistening on ([^\\s,]+),");
  private static final Pattern CAPTURED = Pattern.compile("^(\\d+) packets? captured\\b.*");
  private static final Pattern LOST =
      Pattern.compile("^[1-9]\\d* packets? dropped by (?:kernel|interface)\\b.*");

  /** Codes of a capture that looked until it was ended: by itself, timeout(1), ^C, kill(1). */
  private static final Set<Integer> AT_ITS_END = Set.of(0, 124, 130, 143);

  private static final Pattern PACKET = Pattern.compile(".*?\\b(?:IP6?|ethertype IPv[46])\\b.*");
  private static final Pattern NEIGHBOURS =
      Pattern.compile(".*(?:\\bARP\\b|ICMP6, (?:neighbor|router|multicast) ).*");

  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("tcpdump") || isTshark(command);
  }

  private static boolean isTshark(CommandLine command) {
    return command.program().equals("tshark");
  }

  @Override
  public boolean recognises(String output) {
    return TextLines.of(output).stream()
        .anyMatch(
            line ->
                LISTENING.matcher(line).find()
                    || CAPTURED.matcher(line).matches()
                    || isPacket(line)
                    || TsharkPacket.of(line) != null);
  }

  private static boolean isPacket(String line) {
    Matcher time = TIME.matcher(line);
    String rest = time.matches() ? time.group(2) : line;
    return (time.matches() || rest.startsWith("IP"))
        && PACKET.matcher(rest).matches()
        && (rest.contains(" > ") || rest.contains("(tos "));
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    // tshark has other options: which packets were asked for is not known then.
    CommandLine asked = isTshark(command) ? CommandLine.NONE : command;
    new Lines(observation, TcpdumpCommand.of(asked), reading).read();
  }

  /** The state between the lines of one output. */
  private static final class Lines {
    private final Observation observation;
    private final TcpdumpCommand asked;
    private final Reading reading;
    private final TcpdumpCount count = new TcpdumpCount();
    private @Nullable String device;
    private @Nullable Integer captured;
    private boolean banner;
    private boolean cut;
    private boolean failed;

    /** The first line of a packet whose addresses come on the next one. */
    private @Nullable String waiting;

    private @Nullable Long waitingAt;
    private @Nullable Direction waitingDirection;
    private boolean quoted;

    Lines(Observation observation, TcpdumpCommand asked, Reading reading) {
      this.observation = observation;
      this.asked = asked;
      this.reading = reading;
      this.device = asked.device();
    }

    void read() {
      int number = 0;
      for (String line : TextLines.of(observation.output())) {
        line(++number, line);
      }
      closeWaiting();
      int seen = count.packets();
      // Without an exit code it is a paste, and perhaps an excerpt. tcpdump exits with 1 when it
      // could not begin, or go on; one that the kernel killed has not looked to the end.
      Integer exit = observation.exit();
      boolean ended = exit != null && (AT_ITS_END.contains(exit) || (exit == 1 && seen > 0));
      boolean ran = asked.filter() != Answer.UNKNOWN && !failed && ended;
      if (seen == 0 && captured == null && !banner && (!ran || cut)) {
        return; // nothing that looks like a capture
      }
      Integer packets = captured != null ? captured : ran ? Integer.valueOf(seen) : null;
      reading.add(
          new Capture(
              observation.host(),
              observation.atMillis(),
              device == null ? Word.HIDDEN : device,
              asked.direction(),
              null,
              packets,
              complete(seen, ran),
              asked.filter(),
              asked.data(),
              count.flows(asked.direction()),
              count.errors(asked.direction()),
              asked.port()));
    }

    private Answer complete(int seen, boolean ran) {
      boolean stoppedEarly = asked.limit() != null && seen >= asked.limit();
      boolean missing = captured != null && seen < captured;
      if (cut || failed || stoppedEarly || missing || (banner && captured == null)) {
        return Answer.NO;
      }
      return ran || captured != null ? Answer.YES : Answer.UNKNOWN;
    }

    private void line(int number, String line) {
      Matcher listening = LISTENING.matcher(line);
      Matcher total = CAPTURED.matcher(line.strip());
      Matcher time = TIME.matcher(line);
      TcpdumpPacket packet = TsharkPacket.of(line);
      if (line.isBlank()) {
        return;
      }
      if (packet != null) {
        closeWaiting();
        count.add(packet);
      } else if (listening.find()) {
        banner = true;
        device = device == null ? Word.of(listening.group(1)) : device;
      } else if (total.matches()) {
        captured = Numbers.small(total.group(1));
      } else if (LOST.matcher(line.strip()).matches()) {
        cut = true;
      } else if (time.matches() && !time.group(2).isBlank()) {
        closeWaiting();
        packet(number, millis(time.group(1)), time.group(2));
      } else if (line.startsWith("IP") && isPacket(line)) {
        closeWaiting();
        packet(number, null, line);
      } else if (Character.isWhitespace(line.charAt(0))) {
        continuation(line.strip());
      } else if (line.startsWith("tcpdump: ")) {
        failed |= line.matches("tcpdump: (?!verbose output|data link type|WARNING|listening).*");
      } else if (time.lookingAt() || line.matches("\\d[\\d.:]*\\s*")) {
        cut = true;
        reading.skip(number, "the output ends within a packet");
      } else if (!line.matches(
          "(Capturing on|Running as user|\\^C|\\d+ packets? (received|dropped)|dropped privs).*")) {
        reading.skip(number, "a packet expected");
      }
    }

    private void packet(int number, @Nullable Long at, String text) {
      Matcher on = DEVICE.matcher(text);
      boolean directed = on.matches();
      Direction direction = !directed ? null : direction(on.group(1));
      String rest = directed ? on.group(2) : text;
      quoted = false;
      if (NEIGHBOURS.matcher(rest).matches()) {
        count.other();
        return;
      }
      if (!PACKET.matcher(rest).matches()) {
        count.other();
        reading.skip(number, "not an IP packet");
        return;
      }
      TcpdumpPacket packet = TcpdumpPacket.tryParse(at, direction, rest);
      if (packet != null) {
        count.add(packet);
      } else if (rest.contains("(tos ")) {
        waiting = rest;
        waitingAt = at;
        waitingDirection = direction;
      } else {
        cut = true;
        reading.skip(number, "two addresses expected");
      }
    }

    private void continuation(String text) {
      if (text.startsWith("IP (") || text.startsWith("IP6 (")) {
        quoted = true; // the packet that an ICMP error is about
      } else if (waiting != null && !quoted) {
        TcpdumpPacket packet = TcpdumpPacket.tryParse(waitingAt, waitingDirection, text);
        if (packet != null) {
          waiting = null;
          count.add(packet);
        }
      }
    }

    /**
     * A packet whose second line never came has no addresses, so absence of others says nothing.
     */
    private void closeWaiting() {
      if (waiting == null) {
        return;
      }
      cut = true;
      TcpdumpPacket packet = TcpdumpPacket.withoutAddresses(waitingAt, waitingDirection, waiting);
      waiting = null;
      if (packet == null) {
        count.other();
      } else {
        count.add(packet);
      }
    }

    private static @Nullable Direction direction(String word) {
      return switch (word.toLowerCase(Locale.ROOT)) {
        case "out" -> Direction.OUT;
        case "p" -> null; // somebody else's packet, seen in promiscuous mode
        default -> Direction.IN;
      };
    }

    /** Epoch seconds on the timeline that the observation is on. */
    private @Nullable Long millis(@Nullable String epoch) {
      if (epoch == null) {
        return null;
      }
      long shift = observation.atMillis() - Math.round(observation.at() * 1000);
      return new BigDecimal(epoch).movePointRight(3).longValue() + shift;
    }
  }
}
