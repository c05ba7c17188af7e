package io.wgwhy.connectors.collect.output;

import java.util.regex.Pattern;

/**
 * What may be passed on of an output's own words: names of devices and chains, addresses, ports. A
 * fact carries no free text and no secret, so blanks, control characters, long words and anything
 * that is shaped like a key are replaced.
 */
public final class Word {
  /** Stands for a word that may not be passed on, as for one that is unknown. */
  public static final String HIDDEN = "?";

  /** Two IPv6 addresses and a dash: the longest word that a rule's match may hold. */
  private static final Pattern PLAIN = Pattern.compile("[\\w.:@%*+/\\[\\]<>,~=#-]{1,100}");

  private Word() {}

  /** The word itself, or {@link #HIDDEN}. */
  public static String of(String text) {
    return PLAIN.matcher(text).matches() && !Secrets.isKey(text) ? text : HIDDEN;
  }
}
