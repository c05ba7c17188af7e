package io.wgwhy.connectors.collect.agent;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which programs could tell nothing when they were last run. */
final class Failing {
  /** Command lines that are remembered: addresses that are asked for come and go. */
  private static final int MOST = 64;

  private final Map<String, Map<String, Boolean>> programs = new HashMap<>();

  /** A program's command lines, and whether each failed; the one not run for longest goes first. */
  private static final class Lines extends LinkedHashMap<String, Boolean> {
    private static final long serialVersionUID = 1L;

    private Lines() {
      super(4, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > MOST;
    }
  }

  /**
   * @return whether the program works again
   */
  boolean note(String program, String line, boolean failed) {
    Map<String, Boolean> lines = programs.computeIfAbsent(program, any -> new Lines());
    boolean before = isFailing(lines);
    lines.put(line, failed);
    return before && !isFailing(lines);
  }

  /** A file that cannot be read does not mean that none can. */
  private static boolean isFailing(Map<String, Boolean> lines) {
    return !lines.isEmpty() && !lines.containsValue(false);
  }

  /** Their names, sorted. */
  List<String> programs() {
    TreeSet<String> failing = new TreeSet<>();
    programs.forEach(
        (program, lines) -> {
          if (isFailing(lines)) {
            failing.add(program);
          }
        });
    return List.copyOf(failing);
  }
}
