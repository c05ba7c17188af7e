package io.wgwhy.cli.report;

/**
 * What the terminal can show.
 *
 * @param colour whether it takes colours, and they are wanted
 * @param unicode whether it shows more than ASCII
 * @param width columns
 */
public record Look(boolean colour, boolean unicode, int width) {
  /** Longer lines are hard to read, and do not fit beside anything. */
  public static final int WIDEST = 100;

  private static final int NARROWEST = 60;

  /** Text for a file or another program. */
  public static final Look PLAIN = new Look(false, true, WIDEST);

  public Look {
    width = Math.max(NARROWEST, Math.min(WIDEST, width));
  }

  /** Colours of the terminal's own theme (ECMA-48, "select graphic rendition"). */
  enum Ink {
    NONE(""),
    BOLD("1"),
    FAINT("2"),
    GOOD("32"),
    BAD("1;31"),
    DOUBT("33"),
    COMMAND("36");

    private final String code;

    Ink(String code) {
      this.code = code;
    }
  }

  /** Signs, and what stands for them where there is only ASCII. */
  enum Sign {
    FINE("✓", "+"),
    FAULT("✗", "x"),
    RISK("!", "!"),
    RULED_OUT("✓", "-"),
    CONFIRMED("●", "X"),
    POSSIBLE("○", "o"),
    NOT_CHECKED("·", "."),
    TO("→", "->"),
    BETWEEN("·", "-"),
    RANGE("–", "-"),
    CUT("…", "..");

    private final String unicode;
    private final String ascii;

    Sign(String unicode, String ascii) {
      this.unicode = unicode;
      this.ascii = ascii;
    }
  }

  String paint(Ink ink, String text) {
    return colour && ink != Ink.NONE && !text.isBlank()
        ? "\u001b[" + ink.code + "m" + text + "\u001b[0m"
        : text;
  }

  String sign(Sign sign) {
    return unicode ? sign.unicode : sign.ascii;
  }

  /** The text as it may reach a terminal: nothing in it moves the cursor or hides other text. */
  public String clean(String text) {
    return Clean.of(text, unicode);
  }
}
