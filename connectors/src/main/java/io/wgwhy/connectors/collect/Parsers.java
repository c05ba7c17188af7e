package io.wgwhy.connectors.collect;

import io.wgwhy.connectors.collect.host.SysctlFilesParser;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Failures;
import io.wgwhy.connectors.collect.output.Parsed;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Recognition;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.collect.output.Unread;
import io.wgwhy.connectors.collect.wg.WgLogParser;
import io.wgwhy.connectors.collect.wg.WgQuickParser;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.HostClock;
import io.wgwhy.facts.Observation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All parsers: turns an observation into facts. Never throws for what it reads. */
public final class Parsers {
  /** The year 3000: a clock beyond it is no clock. */
  private static final double LATEST = 32_503_680_000.0;

  /** Nobody pastes more under a wrong command; what collectors send is not asked twice. */
  private static final int LONGEST_PASTE = 100_000;

  private final Secrets secrets;

  public Parsers(Secrets secrets) {
    this.secrets = secrets;
  }

  /** The facts of an observation, and which of its lines were not understood. */
  public Parsed parse(Observation collected) {
    String bare = Quoting.removed(collected.output());
    Observation observation =
        bare.equals(collected.output())
            ? collected
            : with(collected, collected.command(), collected.exit(), bare);
    String absurd = absurd(observation);
    if (absurd != null) {
      return new Parsed(List.of(), List.of(new Unread(0, absurd)));
    }
    Reading reading = new Reading(secrets);
    Double received = observation.receivedAt();
    if (received != null) {
      long offset = Math.round((observation.at() - received) * 1000);
      reading.add(new HostClock(observation.host(), observation.atMillis(), offset));
    }
    List<Paste.Piece> pasted = Paste.within(observation);
    if (!pasted.isEmpty()) {
      for (Paste.Piece piece : pasted) {
        Observation part = piece.observation();
        reading.include(one(part), piece.offset());
      }
      return reading.parsed();
    }
    List<String> commands = CommandLine.pieces(observation.command());
    List<Compound.Part> parts =
        commands.size() > 1 ? Compound.split(observation, commands) : List.of();
    if (parts.isEmpty()) {
      parts = List.of(new Compound.Part(observation, 0));
    }
    parts.forEach(part -> reading.include(one(part.observation()), part.offset()));
    return reading.parsed();
  }

  /** Reads the output of one command. */
  private Parsed one(Observation observation) {
    CommandLine command = CommandLine.of(observation.command());
    CommandFailure failure = Failures.of(observation, command);
    if (failure != null) {
      return new Parsed(List.of(failure), List.of());
    }
    Parser parser = Registry.of(command);
    if (parser != null && !isAnothers(parser, observation.output())) {
      return read(parser, observation, command);
    }
    if (observation.output().isBlank()) {
      return new Parsed(List.of(), List.of(new Unread(0, "no output of a known command")));
    }
    Reading reading = new Reading(secrets);
    for (Sections.Section section : Sections.of(observation.output())) {
      Parser recognised = section.parser();
      if (recognised == null) {
        reading.skip(section.firstLine(), "not the output of a known command");
      } else {
        Observation part = with(observation, "", observation.exit(), section.text());
        reading.include(read(recognised, part, CommandLine.NONE), section.firstLine() - 1);
      }
    }
    return reading.parsed();
  }

  /** Whether the output is surely another command's: somebody guessed the command. */
  private static boolean isAnothers(Parser parser, String output) {
    if (output.isBlank()
        || output.length() > LONGEST_PASTE
        || Recognition.of(output).by(parser)
        // Its files hold the lines that sysctl prints: only the command tells them apart.
        || parser instanceof SysctlFilesParser) {
      return false;
    }
    // Logs hold traces: their parser reads those, too.
    return Registry.recognising(output).stream()
        .anyMatch(it -> !(parser instanceof WgLogParser && it instanceof WgQuickParser));
  }

  private Parsed read(Parser parser, Observation observation, CommandLine command) {
    Reading reading = new Reading(secrets);
    try {
      parser.read(observation, command, reading);
    } catch (RuntimeException | StackOverflowError bug) {
      // The message may hold the text that was read: it is not told.
      String name = parser.getClass().getSimpleName();
      reading.skip(0, name + " failed: " + bug.getClass().getSimpleName());
    }
    return reading.parsed();
  }

  /** The same moment and host with another command and output. */
  static Observation with(
      Observation observation, String command, @Nullable Integer exit, String output) {
    return new Observation(
        observation.at(),
        observation.host(),
        command,
        exit,
        output,
        observation.receivedAt(),
        observation.network(),
        observation.tenant());
  }

  private static @Nullable String absurd(Observation observation) {
    Double received = observation.receivedAt();
    String host = observation.host();
    if (!isTime(observation.at()) || (received != null && !isTime(received))) {
      return "the time is no time";
    }
    boolean named =
        !host.isBlank()
            && host.length() <= 253
            && host.codePoints().noneMatch(Character::isISOControl);
    return named ? null : "the host has no usable name";
  }

  private static boolean isTime(double seconds) {
    return seconds >= 0 && seconds < LATEST;
  }
}
