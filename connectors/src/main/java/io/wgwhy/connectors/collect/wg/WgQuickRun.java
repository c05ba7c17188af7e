package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.Names;
import io.wgwhy.connectors.collect.output.OutputLines;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.BringUp;
import io.wgwhy.facts.BringUp.Direction;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One attempt to bring an interface up or down, from its trace. */
final class WgQuickRun {
  private static final Pattern STEP = Pattern.compile("\\[([#!+])](?: |$)");

  /** What wg-quick does first, typed by hand. */
  private static final Pattern TYPED =
      Pattern.compile(
          "^\\s*(?:[>#$] ?)?(?:sudo )?"
              + "(ip (?:link add (?:dev )?\\S{1,15} type (?:wireguard|amneziawg)|-6 (?:address|addr|route|rule) add .*)\\s*)$");

  private static final Pattern ADD =
      Pattern.compile("ip link add (?:dev )?(\\S{1,15}) type (?:wireguard|amneziawg)");

  /** Only on the way up. */
  private static final String GOES_UP =
      "a?wg setconf |ip (?:-[46] )?(?:address|route|rule) add |ip link set |resolvconf -a |ifconfig \\S+ inet";

  private static final Pattern NAMED =
      Pattern.compile(
          "(?:ip link delete (?:dev )?|ip link set mtu \\d+ up dev |a?wg (?:set|add)conf )(\\S{1,15})");

  /** systemd's words between two runs; netifd (OpenWrt) has no commands, only errors. */
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "(?:Starting|Started|Stopping|Stopped|Finished|Reloading|Deactivated)\\b.*(?:wg-quick|WireGuard)");

  private static final Pattern NETIFD = Pattern.compile("netifd: (\\S{1,15}) \\(\\d+\\): ");

  /** Until 2019 wg-quick did not say which kind of addresses it was (linux.bash, add_addr). */
  private static final Pattern WITHOUT_FAMILY =
      Pattern.compile("ip (?:address|route) add ([0-9a-fA-F:.]+(?:/\\d{1,3})?) dev (\\S{1,15})");

  private final List<WgQuickStep> steps = new ArrayList<>();
  private String iface;
  private Direction direction;
  private boolean userspace;

  private WgQuickRun(String iface, Direction direction) {
    this.iface = iface;
    this.direction = direction;
    steps.add(WgQuickStep.of(""));
  }

  /** The attempts of an output, in order. */
  static List<WgQuickRun> of(String output, String iface, Direction direction) {
    List<WgQuickRun> runs = new ArrayList<>();
    WgQuickRun run = new WgQuickRun(iface, direction);
    runs.add(run);
    for (String raw : NewestFirst.turned(OutputLines.of(output))) {
      for (String line : raw.split("(?=\\[[#!+]] )")) {
        Matcher step = STEP.matcher(line);
        Matcher typed = TYPED.matcher(line);
        boolean traced = step.find() && step.group(1).equals("#");
        boolean command = traced || typed.matches();
        String text = traced ? line.substring(step.end()) : command ? typed.group(1) : line;
        boolean adds = command && ADD.matcher(text).find();
        boolean boundary = !command && BOUNDARY.matcher(line).find();
        if (!run.empty() && ((adds && run.adds()) || boundary)) {
          run = new WgQuickRun(iface, direction);
          runs.add(run);
        }
        if (command && !text.isBlank()) {
          run.step(text);
        } else if (!command && !boundary) {
          run.say(line);
        }
      }
    }
    return runs;
  }

  /** Whether nothing was said at all. */
  boolean empty() {
    return steps.size() == 1 && steps.get(0).said().stream().allMatch(String::isBlank);
  }

  BringUp fact(Observation observation, @Nullable Integer exit, boolean log) {
    boolean up = goesUp();
    int back = up ? rollBack() : steps.size();
    WgQuickStep last = steps.get(Math.max(0, back - 1));
    boolean rolledBack = back < steps.size();
    boolean deleted = steps.stream().anyMatch(WgQuickStep::takesAway);
    boolean failed = exit == null ? rolledBack && deleted : exit != 0;
    WgQuickFailure failure = null;
    if (exit == null || exit != 0) {
      failure = WgQuickFailure.of(last);
      for (int i = back; failure == null && i < steps.size(); i++) {
        // Both streams of a pipe: the error may arrive after the first commands of the roll-back.
        failure = WgQuickFailure.of(steps.get(i));
      }
      if (failure == null && failed && log) {
        // A log without an error: it came up, and later it was taken down.
        up = false;
      } else if (failure == null && failed) {
        failure = WgQuickFailure.unexplained(last);
      }
    }
    boolean waits = failure != null && last.text().contains("Trying again in");
    Answer succeeded =
        exit != null
            ? Answer.of(exit == 0)
            : failure != null
                ? waits && !rolledBack ? Answer.UNKNOWN : Answer.NO
                : done(up, last) ? Answer.YES : Answer.UNKNOWN;
    return new BringUp(
        observation.host(),
        observation.atMillis(),
        iface,
        up ? Direction.UP : Direction.DOWN,
        succeeded,
        failure == null ? null : failure.failure(),
        failure == null ? null : failure.tool(),
        failure == null ? null : failure.subject(),
        userspace ? Answer.YES : added() ? Answer.NO : Answer.UNKNOWN);
  }

  /** Whether another command followed the one that adds the device: then it was added. */
  private boolean added() {
    for (int i = 0; i + 1 < steps.size(); i++) {
      if (ADD.matcher(steps.get(i).command()).find()) {
        return !steps.get(i + 1).rollBack();
      }
    }
    return false;
  }

  private boolean done(boolean up, WgQuickStep last) {
    String sign = up ? "ip link set mtu \\d+ up|ip link set (?:up )?dev" : "ip link delete";
    return steps.stream().anyMatch(step -> step.is(sign)) && !last.complains();
  }

  /** A paste may begin behind the first step: what stands before the roll-back tells, too. */
  private boolean goesUp() {
    if (adds() || direction == Direction.DOWN) {
      return adds();
    }
    int deletes = 0;
    while (deletes < steps.size() && !steps.get(deletes).takesAway()) {
      deletes++;
    }
    return !steps.get(steps.size() - 1).rollBack()
        || steps.subList(0, deletes).stream()
            .anyMatch(it -> it.is(GOES_UP) || WgQuickFailure.of(it) != null);
  }

  private boolean adds() {
    return steps.stream().anyMatch(step -> ADD.matcher(step.command()).find());
  }

  /** Where the roll-back begins; the number of steps when there is none. */
  private int rollBack() {
    int at = steps.size();
    // The end of a paste may be cut off: rules are taken back first.
    boolean deletes =
        steps.stream()
            .anyMatch(step -> step.takesAway() || (adds() && step.is("ip -[46] rule delete ")));
    while (deletes && at > 1 && steps.get(at - 1).rollBack()) {
      at--;
      if (!steps.get(at).takesAway() && WgQuickFailure.of(steps.get(at)) != null) {
        // nft -f and iptables-restore run on the way up, too: this one failed there.
        return at + 1;
      }
    }
    return at;
  }

  private void step(String command) {
    Matcher add = ADD.matcher(command);
    Matcher named = NAMED.matcher(command);
    if (add.find()) {
      name(add.group(1));
    } else if (named.find() && iface.equals("?")) {
      name(named.group(1));
    }
    WgQuickStep step = WgQuickStep.of(asOfToday(command));
    userspace |= step.is("wireguard-go|boringtun");
    steps.add(step);
  }

  private String asOfToday(String command) {
    Matcher old = WITHOUT_FAMILY.matcher(command.strip());
    return old.matches() && old.group(2).equals(iface)
        ? "ip " + (old.group(1).contains(":") ? "-6" : "-4") + command.strip().substring(2)
        : command;
  }

  private void say(String line) {
    Matcher netifd = NETIFD.matcher(line);
    if (netifd.find()) {
      name(netifd.group(1));
    }
    userspace |= line.contains("Falling back to slow userspace");
    steps.get(steps.size() - 1).said().add(line);
  }

  private void name(String text) {
    iface = Names.isDevice(text) ? text : iface;
  }
}
