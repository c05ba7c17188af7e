package io.wgwhy.cli.diagnose;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What a file is, seen from how it begins: its content counts, not only its name. */
enum Form {
  RECORDING,
  TEXT,
  BINARY,
  COMPRESSED,
  EMPTY;

  /** So much of a file is looked at. */
  static final int LOOKED_AT = 64 << 10;

  /** So many of its lines. */
  private static final int LINES = 20;

  /** One control character in so many is a slip; more are no text. */
  private static final int CHARACTERS_PER_SLIP = 50;

  private static final Pattern OBSERVATION =
      Pattern.compile(
          "\\s*\\{\\s*\"(at|host|command|exit|output|receivedAt|network|tenant)\"\\s*:.*",
          Pattern.DOTALL);

  static Form of(byte[] start, String name) {
    String text = charset(start).decode(ByteBuffer.wrap(start)).toString().replace("\ufeff", "");
    if (text.isBlank()) {
      return EMPTY;
    }
    boolean observations =
        text.lines()
            .filter(it -> !it.isBlank())
            .limit(LINES)
            .anyMatch(it -> OBSERVATION.matcher(it).matches());
    if (observations) {
      return RECORDING;
    }
    if (isBinary(text)) {
      return isCompressed(start) ? COMPRESSED : BINARY;
    }
    return name.endsWith(".jsonl") ? RECORDING : TEXT;
  }

  /** By gzip, xz, zstd, bzip2 or zip. */
  private static boolean isCompressed(byte[] start) {
    String first = HexFormat.of().formatHex(start, 0, Math.min(4, start.length));
    return first.matches("1f8b.*|fd377a58|28b52ffd|425a68..|504b0304");
  }

  /** UTF-8, or what a Windows shell makes of {@code wg show > wg.txt}. */
  static Charset charset(byte[] start) {
    if (start.length >= 2 && start[0] == (byte) 0xff && start[1] == (byte) 0xfe) {
      return StandardCharsets.UTF_16LE;
    }
    if (start.length >= 2 && start[0] == (byte) 0xfe && start[1] == (byte) 0xff) {
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }

  private static boolean isBinary(String text) {
    // Escape sequences of coloured output are text; a zero never is; what is not UTF-8 is replaced.
    long odd =
        text.chars()
            .filter(it -> (it < ' ' && "\n\r\t\f\b\u001b".indexOf(it) < 0) || it == '\ufffd')
            .count();
    return text.indexOf(0) >= 0 || odd > text.length() / CHARACTERS_PER_SLIP;
  }
}
