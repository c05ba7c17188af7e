package io.wgwhy.connectors.collect.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The captures of this host: one for each outer device and direction, followed as they change. */
final class Captures implements AutoCloseable {
  /** Windows that pass before a capture that ended is tried again. */
  private static final int PAUSE = 12;

  private final Programs programs;
  private final Map<Command, Tap> taps = new LinkedHashMap<>();
  private final Map<Command, Integer> pausing = new LinkedHashMap<>();
  private boolean closed;

  Captures(Programs programs) {
    this.programs = programs;
  }

  /**
   * Starts and ends captures so that they look at these devices.
   *
   * @param told takes what could not be started
   */
  synchronized void follow(List<String> devices, BiConsumer<Command, Ran> told) {
    Set<Command> wanted = new HashSet<>();
    List<Command> missing = new ArrayList<>();
    for (String device : devices) {
      for (String direction : List.of("in", "out")) {
        Command command = Catalogue.capture(device, direction);
        wanted.add(command);
        if (!closed && !taps.containsKey(command) && !pausing.containsKey(command)) {
          missing.add(command);
        }
      }
    }
    taps.entrySet()
        .removeIf(
            tap -> {
              boolean gone = !wanted.contains(tap.getKey());
              if (gone) {
                tap.getValue().close();
              }
              return gone;
            });
    missing.forEach(it -> start(it, told));
  }

  private void start(Command command, BiConsumer<Command, Ran> told) {
    Path program = programs.find(command.program());
    try {
      if (program == null) {
        pause(command, new Ran(Ran.NOT_FOUND, command.program() + ": not found\n"), told);
      } else {
        taps.put(command, Tap.start(programs, program, command));
      }
    } catch (IOException refused) {
      String says = command.program() + ": Permission denied\n";
      pause(command, new Ran(Ran.NOT_PERMITTED, says), told);
    }
  }

  private void pause(Command command, Ran failed, BiConsumer<Command, Ran> told) {
    pausing.put(command, PAUSE);
    told.accept(command, failed);
  }

  /** Ends the windows and hands each one on. */
  synchronized void cut(BiConsumer<Command, Ran> window) {
    pausing.replaceAll((command, left) -> left - 1);
    pausing.values().removeIf(left -> left <= 0);
    for (Command command : List.copyOf(taps.keySet())) {
      Tap tap = taps.get(command);
      Ran seen = tap == null ? null : tap.cut();
      if (seen != null && tap != null && !tap.isRunning()) {
        taps.remove(command);
        pause(command, seen, window);
      } else if (seen != null) {
        window.accept(command, seen);
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    taps.values().forEach(Tap::close);
    taps.clear();
  }
}
