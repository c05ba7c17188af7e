package io.wgwhy.connectors.collect;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.OutputLines;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Unread;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text that somebody pasted, turned into observations: by the prompts in it, else by what the
 * parsers recognise.
 *
 * <pre>
 * root@srv:~# wg show
 * interface: wg0
 * …
 * root@srv:~# cat /proc/sys/net/ipv4/ip_forward
 * 0
 * </pre>
 */
public final class Paste {
  /** {@code user@host:dir$ command}, {@code [user@host dir]# command}. */
  private static final Pattern NAMED =
      Pattern.compile(
          "\\s*[\\[(]?[\\w.-]{1,32}@([A-Za-z0-9][\\w.-]{0,63})[^$#%>]{0,80}[$#%>] ?+(\\S.{0,1000})?");

  /**
   * {@code $ command}, {@code # command}, {@code /app # command}; {@code a0d7b954:~# command} as
   * Alpine has it (etc/profile), and so many containers.
   */
  private static final Pattern BARE =
      Pattern.compile(
          "\\s*(?:[~/][\\w/.-]{0,60} |[A-Za-z0-9][\\w.-]{0,63}:[~/][\\w/.-]{0,60}|(?:ba)?sh-\\d\\.\\d{1,2})?([$#%]) (\\S.{0,1000})");

  /**
   * {@code C:\\Users\\me>command}, {@code PS C:\\> command}, {@code mac:~ me$ command}, {@code ➜ ~
   * command}.
   */
  private static final Pattern OTHERS =
      Pattern.compile(
          "\\s*(?:(?:PS )?[A-Za-z]:\\\\[^<>|:\"?*]{0,120}>|[\\w.-]{1,64}:[~/\\w.-]{1,60} [\\w.-]{1,32}[$%#]"
              + "|[➜❯λ▶➤]\\s{1,3}[~/\\w.-]{1,60}(?: git:\\(\\S{1,60}\\)(?: ✗)?)?) ?+(\\S.{0,1000})?");

  /** A command copied without its prompt: nothing prints such a line. */
  private static final Pattern SUDO = Pattern.compile("\\s*(?:[$#%] )?(sudo \\S.{0,1000})");

  private static final Pattern FENCE = Pattern.compile("\\s*(?:```|~~~)\\w*\\s*");

  /**
   * An observation and where its output begins in the text.
   *
   * @param offset how many lines stand before the output
   */
  public record Piece(Observation observation, int offset) {}

  /** What the text holds, and what of it nobody recognises. */
  public record Pasted(List<Piece> pieces, List<Unread> unread) {}

  private final double at;
  private final String host;
  private final boolean hostFromPrompt;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Unread> unread = new ArrayList<>();

  private Paste(double at, String host, boolean hostFromPrompt) {
    this.at = at;
    this.host = host;
    this.hostFromPrompt = hostFromPrompt;
  }

  /**
   * Reads a text.
   *
   * @param host the host it comes from; empty to take the names that the prompts show
   * @param at when it was pasted, seconds since the epoch: nobody knows when it was printed
   */
  public static Pasted read(String text, String host, double at) {
    Paste paste = new Paste(at, host.isEmpty() ? "host" : host, host.isEmpty());
    paste.read(OutputLines.of(Quoting.removed(text)));
    return new Pasted(PartsOfOneView.together(paste.pieces), List.copyOf(paste.unread));
  }

  /**
   * The observations that an observation's own output holds, when it was pasted with its prompts;
   * none when it has none.
   */
  static List<Piece> within(Observation whole) {
    List<String> lines = OutputLines.of(whole.output());
    boolean begins =
        lines.stream().filter(it -> !it.isBlank()).limit(1).anyMatch(it -> isKnownPrompt(it));
    boolean any = !isKnown(whole.command()) && lines.stream().anyMatch(it -> isKnownPrompt(it));
    if (!begins && !any) {
      return List.of();
    }
    Paste paste = new Paste(whole.at(), whole.host(), false);
    paste.read(lines);
    return PartsOfOneView.together(paste.pieces).stream()
        .map(
            it ->
                new Piece(
                    Parsers.with(
                        whole, it.observation().command(), null, it.observation().output()),
                    it.offset()))
        .toList();
  }

  private static boolean isKnownPrompt(String line) {
    Prompt prompt = prompt(line);
    return prompt != null && isKnown(prompt.command());
  }

  private record Prompt(@Nullable String host, String command) {}

  private void read(List<String> lines) {
    Prompt prompt = null;
    int start = 0;
    for (int at = 0; at <= lines.size(); at++) {
      Prompt next = at == lines.size() ? null : prompt(lines.get(at));
      if (at == lines.size() || next != null) {
        List<String> output = lines.subList(start, at).stream().map(Paste::unfenced).toList();
        output(prompt, output, start);
        prompt = next;
        start = at + 1;
      }
    }
  }

  private void output(@Nullable Prompt prompt, List<String> lines, int offset) {
    boolean blank = lines.stream().allMatch(String::isBlank);
    boolean known = prompt != null && isKnown(prompt.command());
    if (blank && !known) {
      return;
    }
    String named = prompt == null || prompt.host() == null ? host : prompt.host();
    String text = String.join("\n", lines) + "\n";
    boolean joined =
        known
            && blank
            && prompt != null
            && !Registry.recognising(prompt.command().replaceFirst("^\\S+ ", "")).isEmpty();
    if (joined && prompt != null) {
      // The lines were joined: the output stands behind the command.
      piece(named, "", prompt.command() + "\n", Math.max(0, offset - 1));
      return;
    }
    if (known && prompt != null) {
      int own = blank ? lines.size() : ofCommand(prompt.command(), lines);
      piece(named, prompt.command(), blank ? "" : joined(lines.subList(0, own)), offset);
      sections(named, joined(lines.subList(own, lines.size())), offset + own);
      return;
    }
    sections(named, text, offset);
  }

  private static String joined(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /** How many of the lines after a prompt are its command's. */
  private static int ofCommand(String command, List<String> lines) {
    List<String> all = CommandLine.pieces(command);
    Parser own = all.size() == 1 ? Registry.of(CommandLine.of(all.get(0))) : null;
    return own == null ? lines.size() : Sections.own(own, lines);
  }

  private void sections(String named, String text, int offset) {
    for (Sections.Section section : Sections.of(text)) {
      int before = offset + section.firstLine() - 1;
      if (section.parser() == null) {
        unread.add(new Unread(before + 1, "not the output of a known command"));
      } else {
        piece(named, "", section.text(), before);
      }
    }
  }

  private void piece(String named, String command, String output, int offset) {
    String from = hostFromPrompt ? named : host;
    pieces.add(
        new Piece(new Observation(at, from, command, null, output, null, null, null), offset));
  }

  private static @Nullable Prompt prompt(String line) {
    Matcher named = NAMED.matcher(line);
    if (named.matches()) {
      return new Prompt(named.group(1), named.group(2) == null ? "" : named.group(2).strip());
    }
    Matcher other = OTHERS.matcher(line);
    if (other.matches()) {
      return new Prompt(null, other.group(1) == null ? "" : other.group(1).strip());
    }
    Matcher sudo = SUDO.matcher(line);
    if (sudo.matches() && isKnown(sudo.group(1))) {
      return new Prompt(null, sudo.group(1).strip());
    }
    Matcher bare = BARE.matcher(line);
    // A lone # begins a remark in a configuration, too: only a command that is read counts.
    boolean prompt = bare.matches() && (bare.group(1).equals("$") || isKnown(bare.group(2)));
    return prompt ? new Prompt(null, bare.group(2).strip()) : null;
  }

  private static boolean isKnown(String command) {
    return CommandLine.pieces(command).stream()
        .anyMatch(piece -> Registry.of(CommandLine.of(piece)) != null);
  }

  private static String unfenced(String line) {
    return FENCE.matcher(line).matches() ? "" : line;
  }
}
