package io.wgwhy.lab;

import java.util.List;
import java.util.Optional;

/** What labs leave behind whose owner was killed. Their names tell the owner's process id. */
public final class Leftovers {
  static final String PREFIX = "wgwhy-";

  private Leftovers() {}

  /** Removes a namespace and ends the processes inside of it, and no others. */
  static void remove(String namespace) {
    Ran inside = Ran.run(List.of("ip", "netns", "pids", namespace));
    if (inside.exit() == 0) {
      inside
          .output()
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .map(Long::parseLong)
          .map(ProcessHandle::of)
          .flatMap(Optional::stream)
          .forEach(ProcessHandle::destroyForcibly);
      Ran.run(List.of("ip", "netns", "delete", namespace)).orFail();
    }
  }
}
