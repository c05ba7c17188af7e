package io.wgwhy.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * One section of a configuration file: its lines, {@code Key = value}, in order. Immutable.
 *
 * @param name {@code Interface} or {@code Peer}
 */
record Section(String name, List<String> lines) {
  Section {
    lines = List.copyOf(lines);
  }

  static Section named(String name) {
    return new Section(name, List.of());
  }

  /** With this key set to this value: where it stood before, or at the end. */
  Section set(String key, String value) {
    List<String> changed = new ArrayList<>(lines);
    String line = key + " = " + value;
    for (int i = 0; i < changed.size(); i++) {
      if (changed.get(i).startsWith(key + " =")) {
        changed.set(i, line);
        return new Section(name, changed);
      }
    }
    changed.add(line);
    return new Section(name, changed);
  }

  /** With one more line, whether or not the key is there already. */
  Section add(String key, String value) {
    List<String> more = new ArrayList<>(lines);
    more.add(key + " = " + value);
    return new Section(name, more);
  }

  /** Without this key. */
  Section remove(String key) {
    return new Section(name, lines.stream().filter(line -> !line.startsWith(key + " =")).toList());
  }

  /** The key's value. Throws when there is none. */
  String get(String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key + " ="))
        .map(line -> line.substring(line.indexOf('=') + 1).strip())
        .findFirst()
        .orElseThrow(() -> new LabException("no " + key + " in [" + name + "]"));
  }

  String text() {
    return "[" + name + "]\n" + String.join("\n", lines) + "\n";
  }
}
