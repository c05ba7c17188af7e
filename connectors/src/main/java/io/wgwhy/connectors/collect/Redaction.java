package io.wgwhy.connectors.collect;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts private and preshared keys out of an observation, so that it may leave its host as part of a
 * recording. What stands where a secret stands is replaced by {@code (hidden)}, whatever it is; of
 * all else that looks like a key only that survives which stands where a public key stands.
 */
public final class Redaction {
  /**
   * A key has 43 characters of base64 and one of padding (wg(8)), or 64 of hex (the userspace
   * implementations' own protocol); one that lost some of them is as secret.
   */
  private static final Pattern KEY_LIKE =
      Pattern.compile("(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40,}={0,2}");

  /** In a dump nothing else is as long without a dot, a colon or a blank. */
  private static final Pattern PART_OF_KEY = Pattern.compile("[A-Za-z0-9+/]{12,}={0,2}");

  /** What stands before a public key: {@code PublicKey = }, {@code peer: }, {@code peer }. */
  private static final Pattern BEFORE_PUBLIC =
      Pattern.compile(
          "(?i)(?:public[_ -]?key['\"]?\\s*[=: ]\\s*['\"]?|\\bpeer:?\\s+['\"]?"
              + "|(?:^|\\bpeer \\S{1,60})\\s+pubkey\\s+['\"]?)$");

  /** {@code PrivateKey = …}, {@code preshared key: …}, {@code option private_key '…'}. */
  private static final Pattern SECRET =
      Pattern.compile("(?i)((?:private|preshared)[_ -]?key['\"]?(?:\\s*[=:]\\s*|\\s+))(\\S.*)$");

  private static final Pattern QUOTED_KEY =
      Pattern.compile("(?i)(Key is not the correct length or format: [`'\"]?)(\\S.*)$");

  /** A misspelled keyword, quoted with its value. */
  private static final Pattern QUOTED_LINE =
      Pattern.compile("(?i)(Line unrecognized: [`'\"]?[^=]*=)(\\S.*)$");

  private static final Pattern NOTHING = Pattern.compile("\\((?:none|hidden)\\).*");

  private static final int NEAR = 200;

  /** What was hidden so far: somebody may have pasted a private key as the peer's public one. */
  private final Set<String> secrets = new HashSet<>();

  private Redaction() {}

  /** The same observation without secrets. */
  public static Observation of(Observation observation) {
    CommandLine command = CommandLine.of(observation.command());
    boolean dump = command.program().equals("wg") && command.has("dump");
    Redaction redaction = new Redaction();
    // First only to know them: the peer may stand above what is hidden below.
    redaction.lines(observation.output(), dump);
    List<String> lines = redaction.lines(observation.output(), dump);
    return Parsers.with(
        observation,
        redaction.line(observation.command()),
        observation.exit(),
        String.join("\n", lines));
  }

  private List<String> lines(String output, boolean dump) {
    List<String> lines = new ArrayList<>();
    for (String line : output.split("\n", -1)) {
      lines.add(dump ? dumped(line) : line(line));
    }
    return lines;
  }

  /**
   * A line of {@code wg show … dump}: of an interface (private key, public key, …) or of a peer
   * (public key, preshared key, …), with the interface's name before it or without (wg(8)).
   */
  private String dumped(String line) {
    String[] columns = line.split("\t", -1);
    int secret =
        switch (columns.length) {
          case 4 -> 0;
          case 5, 8 -> 1;
          case 9 -> 2;
          default -> -1;
        };
    if (secret < 0) {
      // Cut off, or pasted: nobody knows which column it is.
      return PART_OF_KEY.matcher(line).replaceAll(Secrets.HIDDEN);
    }
    int known = columns.length == 5 ? 2 : columns.length == 9 ? 1 : columns.length == 4 ? 1 : 0;
    for (int i = 0; i < columns.length; i++) {
      if (i == secret && !columns[i].equals("(none)")) {
        secrets.add(bare(columns[i]));
        columns[i] = Secrets.HIDDEN;
      } else if (secrets.contains(bare(columns[i]))) {
        columns[i] = Secrets.HIDDEN;
      } else if (i != known) {
        columns[i] = line(columns[i]);
      }
    }
    return String.join("\t", columns);
  }

  private String line(String line) {
    String cut = line;
    for (Pattern place : List.of(SECRET, QUOTED_KEY, QUOTED_LINE)) {
      Matcher secret = place.matcher(cut);
      if (secret.find() && !NOTHING.matcher(secret.group(2)).matches()) {
        Matcher hidden = KEY_LIKE.matcher(secret.group(2));
        while (hidden.find()) {
          secrets.add(bare(hidden.group()));
        }
        cut = cut.substring(0, secret.start(2)) + Secrets.HIDDEN;
      }
    }
    Matcher key = KEY_LIKE.matcher(cut);
    StringBuilder clean = new StringBuilder();
    int copied = 0;
    while (key.find()) {
      boolean isPublic =
          !secrets.contains(bare(key.group()))
              && BEFORE_PUBLIC.matcher(before(cut, key.start())).find();
      clean
          .append(cut.substring(copied, key.start()))
          .append(isPublic ? key.group() : Secrets.HIDDEN);
      copied = key.end();
    }
    return copied == 0 ? cut : clean.append(cut.substring(copied)).toString();
  }

  /** Whoever copied it may have lost its padding. */
  private static String bare(String key) {
    return key.replace("=", "");
  }

  /** As much of a line as says what a key is; a line of many keys is not read again for each. */
  private static String before(String line, int key) {
    return key <= NEAR ? line.substring(0, key) : "…" + line.substring(key - NEAR, key);
  }
}
