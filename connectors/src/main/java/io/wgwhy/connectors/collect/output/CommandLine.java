package io.wgwhy.connectors.collect.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A command line taken apart, as far as parsers ask: the program without its folder and without
 * what only says where it runs ({@code sudo}, {@code ip netns exec}, {@code docker exec}, …), and
 * its words.
 *
 * @param program {@code wg}, {@code ip}, {@code tcpdump}; empty when there is no command;
 *     AmneziaWG's {@code awg} and {@code awg-quick} are wg and wg-quick by other names
 * @param arguments the words after it, quotes removed
 */
public record CommandLine(String program, List<String> arguments) {
  /** Of an output of which nobody said what printed it. */
  public static final CommandLine NONE = new CommandLine("", List.of());

  /** The wrappers, and their options that take a value as their own word. */
  private static final Map<String, Set<String>> WRAPPERS =
      Map.of(
          "sudo", Set.of("-u", "-g", "-p", "--user"),
          "doas", Set.of("-u"),
          "env", Set.of("-u", "-C"),
          "nohup", Set.of(),
          "timeout", Set.of("-s", "-k"),
          "ssh", Set.of("-p", "-i", "-l", "-o", "-F", "-J"),
          "docker", Set.of("-e", "-u", "-w", "--user"),
          "podman", Set.of("-e", "-u", "-w", "--user"),
          "kubectl", Set.of("-n", "-c", "--namespace", "--container"));

  /** The command of a line as it was run, without what stands before it (sudo, ssh, env). */
  public static CommandLine of(String text) {
    List<String> words =
        Arrays.stream(text.strip().split("\\s+"))
            .map(word -> word.replaceAll("^['\"]|['\"]$", ""))
            .filter(word -> !word.isEmpty())
            .toList();
    int start = 0;
    int next = 0;
    do {
      start = next;
      next = afterWrapper(words, start);
    } while (next > start);
    if (start >= words.size()) {
      return NONE;
    }
    return new CommandLine(name(words.get(start)), words.subList(start + 1, words.size()));
  }

  /** The commands of a line that are separated by {@code ;}, {@code &&} or {@code ||}. */
  public static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == c;
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == ';' || c == '\n' || (doubled && (c == '&' || c == '|'))) {
        i += c == ';' || c == '\n' ? 0 : 1;
        pieces.add(piece.toString().strip());
        piece.setLength(0);
        continue;
      }
      piece.append(c);
    }
    pieces.add(piece.toString().strip());
    pieces.removeIf(String::isEmpty);
    return pieces;
  }

  /** Whether the words occur among the arguments, in this order, other words between them. */
  public boolean has(String... words) {
    int found = 0;
    for (String argument : arguments) {
      if (found < words.length && argument.equals(words[found])) {
        found++;
      }
    }
    return found == words.length;
  }

  /** The word after {@code option}; empty when it is not there. */
  public String after(String option) {
    int at = arguments.indexOf(option);
    return at < 0 || at + 1 >= arguments.size() ? "" : arguments.get(at + 1);
  }

  /** Whether the output went through another program ({@code | grep peer}) and may lack lines. */
  public boolean filtered() {
    return arguments.stream().anyMatch(word -> word.startsWith("|"));
  }

  /**
   * Where the command begins that the wrapper at {@code start} runs; {@code start} if it is none.
   */
  private static int afterWrapper(List<String> words, int start) {
    if (start >= words.size()) {
      return start;
    }
    String word = words.get(start);
    if (word.matches("[A-Z_]+=.*")) {
      return start + 1;
    }
    List<String> rest = words.subList(start + 1, words.size());
    String wrapper = name(word);
    if (wrapper.equals("ip") && rest.size() > 3) {
      return rest.get(0).equals("netns") && rest.get(1).equals("exec") ? start + 4 : start;
    }
    Set<String> valued = WRAPPERS.get(wrapper);
    if (valued == null) {
      return start;
    }
    return switch (wrapper) {
      case "timeout", "ssh" -> pastOptions(words, start + 1, valued) + 1;
      case "docker", "podman", "kubectl" ->
          !rest.isEmpty() && rest.get(0).equals("exec")
              ? pastOptions(words, pastOptions(words, start + 2, valued) + 1, valued)
              : start;
      default -> pastOptions(words, start + 1, valued);
    };
  }

  private static int pastOptions(List<String> words, int start, Set<String> valued) {
    int at = start;
    while (at < words.size() && words.get(at).startsWith("-")) {
      at += valued.contains(words.get(at)) ? 2 : 1;
    }
    return at;
  }

  private static String name(String word) {
    return word.substring(word.lastIndexOf('/') + 1).replaceFirst("^awg(?=$|-quick$)", "wg");
  }
}
