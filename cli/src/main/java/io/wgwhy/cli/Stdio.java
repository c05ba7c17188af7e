package io.wgwhy.cli;

import io.wgwhy.cli.report.Look;
import io.wgwhy.rules.RuleProblem;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a command reads and writes: results on {@code out}, progress and failures on {@code err}.
 */
record Stdio(InputStream in, PrintWriter out, PrintWriter err, Look look) {

  /**
   * Where people write other digits (Egypt, Iran, Bengal), so does Java, by its locale: in packet
   * filters, addresses, names of files, and what goes to syslog. Libraries do the same.
   */
  static void writeAsProgramsRead() {
    Locale.setDefault(Locale.ENGLISH);
  }

  /**
   * The process's own. The launcher says what stdout is ({@code wgwhy.terminal}, {@code
   * wgwhy.columns}): Java cannot tell.
   */
  static Stdio ofProcess() {
    Map<String, String> environment = System.getenv();
    boolean unicode = isUtf8(environment);
    Charset charset = unicode ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
    boolean colour =
        Boolean.getBoolean("wgwhy.terminal")
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    int columns = Integer.getInteger("wgwhy.columns", 0);
    Look look = new Look(colour, unicode, columns > 0 ? columns : Look.WIDEST);
    return new Stdio(
        System.in, writer(FileDescriptor.out, charset), writer(FileDescriptor.err, charset), look);
  }

  /**
   * Tells people how it goes. Part of it may come from the net: whatever that is, it is text to the
   * terminal. What was printed before it stands before it.
   */
  void tell(String says) {
    out.flush();
    err.println("wgwhy: " + look.clean(says));
    err.flush();
  }

  /** All that is wrong with rules, a line each, as compilers have it. */
  void tellProblems(List<RuleProblem> problems) {
    problems.forEach(it -> err.println(look.clean(it.toString())));
  }

  /** Whether the locale's encoding is UTF-8, by the order of locale(7). */
  static boolean isUtf8(Map<String, String> environment) {
    return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
        .map(it -> environment.getOrDefault(it, ""))
        .filter(it -> !it.isEmpty())
        .findFirst()
        .map(it -> it.toUpperCase(Locale.ROOT).replace("-", "").endsWith("UTF8"))
        .orElse(false);
  }

  private static PrintWriter writer(FileDescriptor stream, Charset charset) {
    return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), charset));
  }
}
