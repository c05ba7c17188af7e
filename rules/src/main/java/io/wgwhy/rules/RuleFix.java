package io.wgwhy.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Mends in a pack what needs no thought. */
public final class RuleFix {
  /** A word may hide behind another that was wrong. */
  private static final int ROUNDS = 8;

  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "(?m)^[ \\t]*(?:salience[ \\t]+-?\\d+|no-loop(?:[ \\t]+\\w+)?|lock-on-active(?:[ \\t]+\\w+)?"
              + "|dialect[ \\t]+\"\\w*\")[ \\t]*;?[ \\t]*$");
  private static final Pattern BLANKS = Pattern.compile("(?m)[ \\t]+$");

  private final Path pack;
  private final List<RuleProblem> mended = new ArrayList<>();

  private RuleFix(Path pack) {
    this.pack = pack;
  }

  /** Changes the files; what was changed. */
  public static List<RuleProblem> mend(Path pack) {
    RuleFix fix = new RuleFix(pack);
    fix.texts();
    for (int round = 0; round < ROUNDS && fix.words(); round++) {
      // on to the next
    }
    return List.copyOf(fix.mended);
  }

  private void texts() {
    PackFolder folder = PackFolder.read(pack);
    for (PackFolder.CauseFolder cause : folder.causes()) {
      Path page = cause.folder().resolve(cause.id() + ".md");
      if (cause.rules() != null) {
        Path rules = cause.folder().resolve(cause.id() + ".drl");
        all(rules, ATTRIBUTE, "an attribute that has no place here is gone");
        all(rules, BLANKS, "blanks at the end of a line are gone");
      }
      if (Files.isRegularFile(page)) {
        all(page, BLANKS, "blanks at the end of a line are gone");
      }
    }
  }

  private void all(Path file, Pattern pattern, String says) {
    String text = read(file);
    Matcher found = pattern.matcher(text);
    while (found.find()) {
      int line = 1 + (int) text.substring(0, found.start()).chars().filter(c -> c == '\n').count();
      mended.add(new RuleProblem(file.toString(), line, says));
    }
    String without = pattern.matcher(text).replaceAll("");
    if (!without.equals(text)) {
      write(file, without);
    }
  }

  /** One word of each file: the places of others may have moved. */
  private boolean words() {
    List<String> done = new ArrayList<>();
    for (RuleProblem problem : RuleLint.check(pack)) {
      if (problem.fix() != null && problem.column() > 0 && !done.contains(problem.file())) {
        done.add(problem.file());
        word(problem, Objects.requireNonNull(problem.fix()));
      }
    }
    return !done.isEmpty();
  }

  private void word(RuleProblem problem, RuleProblem.Fix fix) {
    Path file = Path.of(problem.file());
    String[] lines = read(file).split("\n", -1);
    String line = lines[problem.line() - 1];
    int from = problem.column() - 1;
    if (line.startsWith(fix.written(), from)) {
      lines[problem.line() - 1] =
          line.substring(0, from) + fix.meant() + line.substring(from + fix.written().length());
      write(file, String.join("\n", lines));
      String says = fix.written() + " is " + fix.meant() + " now";
      mended.add(new RuleProblem(problem.file(), problem.line(), problem.column(), says, null));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
