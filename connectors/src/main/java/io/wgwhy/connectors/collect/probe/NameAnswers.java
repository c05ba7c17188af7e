package io.wgwhy.connectors.collect.probe;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.facts.NameLookup;
import io.wgwhy.facts.Observation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The addresses of a name, wherever dig, host, nslookup and getent print them. */
final class NameAnswers {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,250}[A-Za-z0-9_])?\\.?");

  /** {@code vpn.example.org. 300 IN A 203.0.113.10}. */
  private static final Pattern RECORD =
      Pattern.compile("^(?:\\S+)\\s+\\d+\\s+IN\\s+(?:A|AAAA)\\s+([0-9a-fA-F.:]+)$");

  /** {@code vpn.example.org has address 203.0.113.10}. */
  private static final Pattern HAS =
      Pattern.compile("^\\S+ has (?:IPv6 )?address ([0-9a-fA-F.:]+)$");

  /** PowerShell: {@code vpn.example.org A 60 Answer 203.0.113.10}. */
  private static final Pattern COLUMNS =
      Pattern.compile("^\\S+\\s+(?:A|AAAA)\\s+\\d+\\s+Answer\\s+([0-9a-fA-F.:]+)$");

  /** nslookup, behind the line with the name. */
  private static final Pattern ADDRESS = Pattern.compile("^Address(?:es)?:\\s+([0-9a-fA-F.:]+)$");

  /** getent hosts and ahosts: {@code 203.0.113.10 STREAM vpn.example.org}. */
  private static final Pattern LEADING = Pattern.compile("^([0-9a-fA-F.:]+)(?:\\s.*)?$");

  private static final Pattern QUESTION =
      Pattern.compile("^;{1,2} ?(\\S{1,255})\\s+IN\\s+(?:A|AAAA)\\s*$");

  private static final Set<String> TYPES = Set.of("A", "AAAA", "ANY", "IN");

  private NameAnswers() {}

  /** Tells the lookup, when a name was asked for and it is known what it has. */
  static void read(Observation observation, CommandLine command, Reading reading) {
    String name = command.program().isEmpty() ? question(observation) : name(command);
    Set<String> addresses = new LinkedHashSet<>();
    boolean named = false;
    for (String line : TextLines.of(observation.output())) {
      named |= line.startsWith("Name:");
      String address = address(line.strip(), command, named);
      if (address != null && Cidr.isAddress(address)) {
        addresses.add(address);
      }
    }
    if (name != null && (!addresses.isEmpty() || foundNothing(observation, command))) {
      reading.add(
          new NameLookup(observation.host(), observation.atMillis(), name, List.copyOf(addresses)));
    }
  }

  /**
   * The name that dig and drill repeat: {@code ;vpn.example.org. IN A}; null when there is none.
   */
  private static @Nullable String question(Observation observation) {
    for (String line : TextLines.of(observation.output())) {
      Matcher question = QUESTION.matcher(line);
      if (question.matches() && NAME.matcher(question.group(1)).matches()) {
        return lower(question.group(1));
      }
    }
    return null;
  }

  /** getent(1): one or more supplied keys could not be found in the database. */
  private static boolean foundNothing(Observation observation, CommandLine command) {
    return command.program().equals("getent")
        && command.has("ahosts")
        && Integer.valueOf(2).equals(observation.exit())
        && observation.output().isBlank();
  }

  private static @Nullable String address(String line, CommandLine command, boolean named) {
    boolean bare = command.program().equals("getent") || command.has("+short");
    for (Pattern form :
        List.of(RECORD, HAS, COLUMNS, named ? ADDRESS : HAS, bare ? LEADING : HAS)) {
      Matcher matcher = form.matcher(line);
      if (matcher.matches()) {
        return matcher.group(1);
      }
    }
    return null;
  }

  /** The name that the command asks for; null when it is none, or an address. */
  private static @Nullable String name(CommandLine command) {
    List<String> words =
        command.arguments().stream()
            .takeWhile(word -> !word.startsWith("|") && !word.startsWith(">"))
            .filter(
                word -> !word.matches("[-+@].*") && !TYPES.contains(word.toUpperCase(Locale.ROOT)))
            .filter(word -> !word.matches("a?hosts(v[46])?"))
            .toList();
    String first = words.isEmpty() ? "" : words.get(0);
    if (!NAME.matcher(first).matches() || Cidr.isAddress(first)) {
      return null;
    }
    return lower(first);
  }

  private static String lower(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
