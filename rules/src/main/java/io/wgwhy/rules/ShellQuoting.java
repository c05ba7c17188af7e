package io.wgwhy.rules;

import java.util.regex.Pattern;

/**
 * Makes values safe to paste into a shell. They come from hosts: an interface's name may hold
 * almost any character, so none is trusted.
 *
 * <p>In two steps, as only the whole command shows what a value stands in: each value that needs
 * quotes is marked; then the command is read as the shell reads it, and a marked value gets quotes,
 * or, where the author's own quotes surround it, gives way to {@code <VALUE>}.
 */
final class ShellQuoting {
  private static final char BEGIN = '\uE001';
  private static final char END = '\uE002';

  /** Nothing here means anything to a shell; a leading dash would be taken for an option. */
  private static final Pattern SAFE =
      Pattern.compile("[A-Za-z0-9._:/@%+=~,\\[\\]][A-Za-z0-9._:/@%+=~,\\[\\]-]*");

  /** What no quotes make harmless: options, control characters, and what we use as marks. */
  private static final Pattern REFUSED = Pattern.compile("(?s)-.*|.*[\\p{Cntrl}\\p{Co}].*|");

  private static final String STAND_IN = "<VALUE>";

  private ShellQuoting() {}

  static String mark(String value) {
    if (SAFE.matcher(value).matches()) {
      return value;
    }
    return REFUSED.matcher(value).matches() ? STAND_IN : BEGIN + value + END;
  }

  static String quote(String command) {
    StringBuilder out = new StringBuilder();
    char within = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == BEGIN) {
        int end = command.indexOf(END, i);
        out.append(within == 0 ? quoted(command.substring(i + 1, end)) : STAND_IN);
        i = end;
        continue;
      }
      out.append(c);
      if (c == '\\' && within != '\'' && i + 1 < command.length()) {
        i++;
        if (command.charAt(i) == BEGIN) {
          out.append(STAND_IN);
          i = command.indexOf(END, i);
        } else {
          out.append(command.charAt(i));
        }
      } else if (within == 0 && (c == '\'' || c == '"' || c == '`')) {
        within = c;
      } else if (c == within) {
        within = 0;
      }
    }
    return out.toString();
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
