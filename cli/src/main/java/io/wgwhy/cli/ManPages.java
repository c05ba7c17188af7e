package io.wgwhy.cli;

import io.wgwhy.cli.report.Look;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Writes a manual page for each command, and the completion for bash and zsh, from what {@code
 * --help} says: {@code java -cp wgwhy.jar io.wgwhy.cli.ManPages FOLDER}. The build runs it.
 */
public final class ManPages {
  private ManPages() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    Stdio nowhere =
        new Stdio(
            InputStream.nullInputStream(),
            new PrintWriter(Writer.nullWriter()),
            new PrintWriter(Writer.nullWriter()),
            new Look(false, true, Look.WIDEST));
    for (CommandLine tree : List.of(WgwhyCommand.tree(nowhere), CollectMain.command(nowhere))) {
      for (CommandLine command : all(tree).toList()) {
        CommandSpec spec = command.getCommandSpec();
        Files.writeString(folder.resolve(name(spec) + ".1"), page(spec));
      }
      String name = tree.getCommandName();
      Files.writeString(folder.resolve(name + ".bash"), AutoComplete.bash(name, tree));
    }
  }

  private static Stream<CommandLine> all(CommandLine command) {
    return command.getCommandSpec().usageMessage().hidden()
        ? Stream.of()
        : Stream.concat(
            Stream.of(command),
            command.getSubcommands().values().stream().distinct().flatMap(ManPages::all));
  }

  /** {@code wgwhy-alert-silence}. */
  private static String name(CommandSpec spec) {
    return spec.qualifiedName("-");
  }

  /** A page in the language of man(7). */
  static String page(CommandSpec spec) {
    UsageMessageSpec usage = spec.usageMessage();
    Help help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
    StringBuilder page = new StringBuilder();
    page.append(
        ".TH \"%s\" 1 \"\" \"wgwhy\" \"wgwhy\"%n".formatted(name(spec).toUpperCase(Locale.ROOT)));
    section(page, "NAME");
    page.append(text(name(spec) + " - " + String.join(" ", usage.header()))).append('\n');
    section(page, "SYNOPSIS");
    page.append(text(help.synopsis(0).replaceAll("\\s+", " ").strip())).append('\n');
    section(page, "DESCRIPTION");
    paragraphs(page, List.of(usage.description()));
    options(page, spec);
    commands(page, spec);
    footer(page, List.of(usage.footer()));
    return page.toString();
  }

  private static void options(StringBuilder page, CommandSpec spec) {
    List<ArgSpec> args = new ArrayList<>(spec.positionalParameters());
    args.addAll(spec.options());
    args.removeIf(ArgSpec::hidden);
    if (args.isEmpty()) {
      return;
    }
    section(page, "OPTIONS");
    for (ArgSpec it : args) {
      String label = it.arity().max() == 0 ? "" : it.paramLabel();
      String names =
          it instanceof OptionSpec option
              ? Stream.of(option.names()).map(name -> bold(name)).collect(Collectors.joining(", "))
              : "";
      String gap = names.isEmpty() || label.isEmpty() ? "" : " ";
      String italic = label.isEmpty() ? "" : "\\fI" + escaped(label) + "\\fR";
      page.append(".TP\n").append(names).append(gap).append(italic).append('\n');
      page.append(text(String.join(" ", it.description()))).append('\n');
    }
  }

  private static void commands(StringBuilder page, CommandSpec spec) {
    Collection<CommandLine> shown =
        spec.subcommands().values().stream()
            .distinct()
            .filter(it -> !it.getCommandSpec().usageMessage().hidden())
            .toList();
    if (shown.isEmpty()) {
      return;
    }
    section(page, "COMMANDS");
    for (CommandLine it : shown) {
      CommandSpec sub = it.getCommandSpec();
      page.append(".TP\n").append(bold(name(sub) + "(1)")).append('\n');
      page.append(text(String.join(" ", sub.usageMessage().header()))).append('\n');
    }
  }

  /** Ours have examples, which are shown as they are, and exit codes. */
  private static void footer(StringBuilder page, List<String> lines) {
    boolean open = false;
    for (String line : lines) {
      boolean example = line.startsWith("  ");
      if (open && !example) {
        page.append(".fi\n.RE\n");
        open = false;
      }
      if (line.equals("Examples:")) {
        section(page, "EXAMPLES");
      } else if (line.startsWith("Exit codes: ")) {
        section(page, "EXIT STATUS");
        page.append(text(line.substring("Exit codes: ".length()))).append('\n');
      } else if (example) {
        page.append(open ? "" : ".RS 2\n.nf\n").append(text(line.substring(2))).append('\n');
        open = true;
      } else if (!line.isBlank()) {
        page.append(".PP\n").append(text(line)).append('\n');
      }
    }
    page.append(open ? ".fi\n.RE\n" : "");
  }

  private static void paragraphs(StringBuilder page, List<String> lines) {
    for (String line : lines) {
      page.append(line.isBlank() ? "" : text(line.strip()) + "\n.PP\n");
    }
  }

  private static void section(StringBuilder page, String name) {
    page.append(".SH ").append(name).append('\n');
  }

  private static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  /** A line of text, which must not begin like a request. */
  private static String text(String line) {
    String escaped = escaped(CommandLine.Help.Ansi.OFF.string(line.replace("%n", " ")));
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.chars().forEach(it -> out.append(SPECIAL.getOrDefault((char) it, "" + (char) it)));
    return out.toString();
  }

  /** What man(7) would read otherwise: options are copied from pages, so a hyphen is a minus. */
  private static final Map<Character, String> SPECIAL =
      Map.of('\\', "\\e", '-', "\\-", '…', "...", '→', "\\(->", '\n', " ");
}
