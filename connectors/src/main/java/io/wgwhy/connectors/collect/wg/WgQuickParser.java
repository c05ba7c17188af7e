package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Names;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.Observation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace that {@code wg-quick up} and {@code wg-quick down} print (wg-quick(8); linux.bash).
 *
 * <pre>
 * [#] ip link add wg0 type wireguard
 * [#] wg setconf wg0 /dev/fd/63
 * [#] ip -4 address add 10.66.66.1/24 dev wg0
 * [#] ip link set mtu 1420 up dev wg0
 * RTNETLINK answers: Address already in use
 * [#] ip link delete dev wg0
 * </pre>
 *
 * wg-quick stops at the first command that fails and takes back what it did. So only the last
 * command before the roll-back can have failed, and what it said stands behind it, sometimes on the
 * same line.
 */
public final class WgQuickParser implements Parser {
  private static final Pattern OWN =
      Pattern.compile(
          "(?m)\\[#] (?:ip |a?wg |resolvconf |iptables|ip6tables|nft |wireguard-go)"
              + "|(?:^|\\]: |\\| )(?:a?wg)-quick: .|^(?:[>#$] ?)?(?:sudo )?ip link add (?:dev )?\\S{1,15} type (?:wireguard|amneziawg)"
              + "|^(?:[>#$] ?)?(?:sudo )?ip -6 (?:address|addr|route|rule) add "
              + "|netifd: \\S+ \\(\\d+\\): (?:AllowedIP|Key|Unable|Line)"
              // Lines of wg that stand alone when only the error was copied.
              + "|(?:^|: |\\| )(?:Key is not the correct length|Line unrecognized: |Configuration parsing error"
              + "|Unable to (?:access|modify) interface: )"
              + "|: [`'‘\"][\\w.-]{1,253}:\\d{1,5}['’\"](?:\\.? Trying again|\\s+Configuration parsing)");

  private static final Pattern NOT_ACTIVE =
      Pattern.compile("(?m)^\\s*(?:Active: inactive \\(dead\\).*|inactive)\\s*$");

  @Override
  public boolean reads(CommandLine command) {
    return switch (command.program()) {
      case "wg-quick" -> command.has("up") || command.has("down");
      case "systemctl", "service" ->
          command.arguments().stream().anyMatch(word -> word.matches("a?wg-quick@.*"));
      default -> false;
    };
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find() || BringUpErrors.anyIn(output);
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    if (command.program().isEmpty() && WgLogParser.OWN.matcher(observation.output()).find()) {
      // A log with a trace in it.
      new WgLogParser().read(observation, command, reading);
      return;
    }
    boolean own = command.program().equals("wg-quick");
    Integer exit = own ? observation.exit() : null;
    read(observation, command, false, exit, reading);
  }

  /** Reads the traces among the lines of a log: several, and without the exit code. */
  static void readLog(Observation observation, CommandLine command, Reading reading) {
    String output = observation.output();
    if (OWN.matcher(output).find() || BringUpErrors.anyIn(output)) {
      read(observation, command, true, null, reading);
    }
  }

  private static void read(
      Observation observation,
      CommandLine command,
      boolean log,
      @Nullable Integer exit,
      Reading reading) {
    // Of several attempts at one interface the last one counts.
    Map<String, BringUp> last = new LinkedHashMap<>();
    for (WgQuickRun run : WgQuickRun.of(observation.output(), iface(command), direction(command))) {
      if (run.empty() && exit == null) {
        continue;
      }
      BringUp fact = run.fact(observation, exit, log);
      last.put(fact.iface(), fact);
    }
    last.values().forEach(reading::add);
    if (last.isEmpty() && isNotActive(observation, command)) {
      reading.add(
          new BringUp(
              observation.host(),
              observation.atMillis(),
              iface(command),
              BringUp.Direction.DOWN,
              Answer.YES,
              null,
              null,
              null,
              Answer.UNKNOWN));
      return;
    }
    if (last.isEmpty() && !log) {
      reading.skip(0, "no trace of wg-quick");
    }
  }

  /** Whether systemd says of the unit that nobody has started it, or that it was stopped. */
  private static boolean isNotActive(Observation observation, CommandLine command) {
    return command.program().equals("systemctl")
        && (command.has("status") || command.has("is-active"))
        && NOT_ACTIVE.matcher(observation.output()).find();
  }

  private static BringUp.Direction direction(CommandLine command) {
    return command.has("down") || command.has("stop")
        ? BringUp.Direction.DOWN
        : BringUp.Direction.UP;
  }

  private static String iface(CommandLine command) {
    boolean own = command.program().equals("wg-quick");
    for (String word : command.arguments()) {
      String name =
          word.replaceFirst("^.*/", "")
              .replaceFirst("^a?wg-quick@", "")
              .replaceFirst("\\.(?:conf|service)$", "");
      boolean unit = word.matches("a?wg-quick@.*");
      boolean option =
          !(own || unit)
              || word.startsWith("-")
              || word.matches("up|down|start|stop|restart|status");
      if (!option && Names.isDevice(name)) {
        return name;
      }
    }
    return "?";
  }
}
