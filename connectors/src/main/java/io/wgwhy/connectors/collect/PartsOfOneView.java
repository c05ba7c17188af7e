package io.wgwhy.connectors.collect;

import io.wgwhy.connectors.collect.Paste.Piece;
import io.wgwhy.connectors.collect.filter.IptablesParser;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.wg.WgColumnsParser;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people show one part of after the other is one view: the columns of {@code wg show} are of
 * one interface, {@code iptables -S} and {@code iptables -t nat -S} of one ruleset. Each by itself
 * would take the place of the one before.
 */
final class PartsOfOneView {
  private PartsOfOneView() {}

  /** The same outputs, such parts together; they stand first: a whole view says more. */
  static List<Piece> together(List<Piece> pieces) {
    Map<String, List<Piece>> views = new LinkedHashMap<>();
    List<Piece> others = new ArrayList<>();
    for (Piece piece : pieces) {
      String view = view(piece.observation());
      if (view == null) {
        others.add(piece);
      } else {
        views.computeIfAbsent(view, unseen -> new ArrayList<>()).add(piece);
      }
    }
    List<Piece> together = new ArrayList<>();
    for (List<Piece> of : views.values()) {
      together.add(of.size() == 1 ? of.get(0) : oneBehindTheOther(of));
    }
    together.addAll(others);
    return List.copyOf(together);
  }

  /** Of what an output shows a part; null when it is no part. */
  private static @Nullable String view(Observation it) {
    CommandLine command = CommandLine.of(it.command());
    Parser parser = Registry.of(command);
    if (parser instanceof WgColumnsParser) {
      return "wg " + it.host();
    }
    // Without -t iptables-save shows all of it.
    return parser instanceof IptablesParser && !command.program().endsWith("-save")
        ? IptablesParser.family(command) + " " + it.host()
        : null;
  }

  /**
   * Each output behind its command; the numbers of lines are then those of the first. What shows
   * some lines only must not take the place of more.
   */
  private static Piece oneBehindTheOther(List<Piece> parts) {
    Observation first = parts.get(0).observation();
    StringBuilder output = new StringBuilder();
    parts.stream()
        .map(Piece::observation)
        .sorted(Comparator.comparing(it -> !CommandLine.of(it.command()).filtered()))
        .forEach(it -> output.append(heading(it)).append('\n').append(it.output()).append('\n'));
    return new Piece(
        Parsers.with(first, first.command(), null, output.toString()), parts.get(0).offset());
  }

  private static String heading(Observation it) {
    CommandLine command = CommandLine.of(it.command());
    List<String> words =
        command.arguments().stream().takeWhile(word -> !word.startsWith("|")).toList();
    return command.program() + " " + String.join(" ", words);
  }
}
