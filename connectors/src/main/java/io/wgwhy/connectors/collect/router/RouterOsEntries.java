package io.wgwhy.connectors.collect.router;

import io.wgwhy.connectors.collect.output.TextLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The entries that RouterOS prints or exports, with their properties. */
final class RouterOsEntries {
  /** {@code 0 R name="wg1" …}, {@code 0 ;;; a remark}. */
  private static final Pattern PRINTED =
      Pattern.compile("^\\s*\\d{1,4}\\s+([A-Z]{1,4}\\s+)?(?:;;;.*|[a-z][a-z-]*=.*)$");

  /** {@code /interface wireguard peers}, {@code /interface/wireguard/peers add …}. */
  private static final Pattern MENU = Pattern.compile("^/([a-z/ -]+?)(?:[ /]add (.*))?\\s*$");

  private static final Pattern PROPERTY =
      Pattern.compile("(?<![\\w-])([a-z][a-z-]{0,40})=(?:\"([^\"]*)\"|([^\\s\"]*))");

  private final List<Entry> found = new ArrayList<>();
  private String menu = "";
  private @Nullable Entry current;

  private RouterOsEntries() {}

  /**
   * @param line where it begins, from 1
   * @param menu of an export ({@code interface wireguard peers}); empty when it was printed
   * @param flags {@code X} disabled, {@code R} running, {@code D} dynamic, {@code I} inactive
   */
  record Entry(int line, String menu, String flags, Map<String, String> properties) {
    /** The value without quotes; empty when it is empty or not there. */
    String get(String property) {
      return properties.getOrDefault(property, "");
    }

    boolean has(String property) {
      return properties.containsKey(property);
    }

    boolean disabled() {
      return flags.contains("X") || get("disabled").matches("yes|true");
    }
  }

  static List<Entry> of(String output) {
    RouterOsEntries entries = new RouterOsEntries();
    int number = 0;
    int begun = 0;
    StringBuilder joined = new StringBuilder();
    for (String line : TextLines.of(output)) {
      number++;
      begun = joined.length() == 0 ? number : begun;
      boolean goesOn = line.endsWith("\\") && joined.length() < 4000;
      joined.append(joined.length() == 0 ? line : line.strip());
      if (goesOn) {
        joined.setLength(joined.length() - 1);
      } else {
        entries.line(begun, joined.toString());
        joined.setLength(0);
      }
    }
    return entries.found.stream()
        .map(
            it ->
                it.menu().isEmpty()
                    ? new Entry(it.line(), menuOf(it.properties()), it.flags(), it.properties())
                    : it)
        .toList();
  }

  private void line(int number, String line) {
    Matcher printed = PRINTED.matcher(line);
    Matcher header = MENU.matcher(line);
    if (header.matches()) {
      menu = header.group(1).replace('/', ' ').strip();
      current = null;
      if (header.group(2) != null) {
        begin(number, menu, "", header.group(2));
      }
    } else if (line.startsWith("add ")) {
      begin(number, menu, "", line);
      current = null;
    } else if (printed.matches()) {
      begin(number, "", printed.group(1) == null ? "" : printed.group(1).strip(), line);
    } else if (current != null && line.contains("=")) {
      properties(current, line);
    } else if (!line.isBlank() && !line.startsWith(" ")) {
      current = null;
    }
  }

  /**
   * The menu that a printed entry is of, by what only its rules have; empty when none shows. What
   * is printed in one column after another ({@code print terse}) has it in its first line.
   */
  private static String menuOf(Map<String, String> properties) {
    String chain = properties.getOrDefault("chain", "");
    if (!properties.containsKey("action") || chain.isEmpty()) {
      return "";
    }
    return chain.matches("srcnat|dstnat") ? "ip firewall nat" : "ip firewall filter";
  }

  private void begin(int number, String menu, String flags, String line) {
    current = new Entry(number, menu, flags, new HashMap<>());
    found.add(current);
    properties(current, line);
  }

  private static void properties(Entry entry, String line) {
    Matcher property = PROPERTY.matcher(line.replaceFirst(";;;.*$", ""));
    while (property.find()) {
      String value = property.group(2) == null ? property.group(3) : property.group(2);
      entry.properties().putIfAbsent(property.group(1), value);
    }
  }
}
