package io.wgwhy.connectors.collect.filter;

import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Ruleset.Field;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code iptables -L} prints behind the columns: {@code udp dpt:51820 ctstate NEW
 * to:10.0.0.2}. Each piece that is understood is taken out; a rest means a condition that is not
 * understood.
 */
final class IptablesExtras {
  private static final String NOT = "(?<not>! ?)?";

  private final RuleDraft draft;
  private String rest;
  private boolean isGoto;
  private @Nullable String address;

  IptablesExtras(RuleDraft draft, String text) {
    this.draft = draft;
    this.rest = " " + text + " ";
  }

  void read() {
    drop(" /\\* .*? \\*/ "); // a comment
    isGoto = drop(" \\[goto\\] ");
    drop(" LOG flags \\d+ level \\d+( prefix (\".*?\"|\\S+))? ");
    drop(" LOG level \\S+( \\S+)?( prefix (\".*?\"|`.*?'))? ");
    drop(" reject-with \\S+ ");
    drop(
        " (MARK|CONNMARK|TCPMSS|CT|CHECKSUM|DSCP|TOS|NFLOG|nflog-\\w+) (set|xset|and|or|xor|save|restore|clamp|notrack|fill|group|zone|helper)?.*$");
    drop(" (random|random-fully|persistent|redir ports \\S+) ");
    Matcher to = Pattern.compile(" to:(\\S+) ").matcher(rest);
    if (to.find()) {
      address = Word.of(to.group(1));
      rest = to.replaceFirst(" ");
    }
    drop(" masq ports: \\S+ ");
    take(
        "(?:multiport )?" + NOT + "(?:dports |dports? ?|dpts?:)(?<not2>!)?(?<value>[\\w:,-]+)",
        Field.DESTINATION_PORT,
        IptablesRule::ports);
    take(
        "(?:multiport )?" + NOT + "(?:sports |sports? ?|spts?:)(?<not2>!)?(?<value>[\\w:,-]+)",
        Field.SOURCE_PORT,
        IptablesRule::ports);
    take(NOT + "(?:ctstate|state) (?<value>[A-Z,]+)", Field.CONNECTION_STATE, IptablesRule::states);
    take(
        "ADDRTYPE match " + NOT + "dst-type (?<not2>!)?(?<value>[A-Z,]+)",
        Field.DESTINATION_TYPE,
        IptablesRule::lower);
    take(
        "(?:mark|MARK) match " + NOT + "(?<value>0x[0-9a-f]+(?:/0x[0-9a-f]+)?)",
        Field.MARK,
        IptablesRule::mark);
    drop(" (udp|tcp) ");
    if (!rest.isBlank()) {
      String first = rest.strip().split("\\s+")[0].replaceFirst(":.*", "");
      draft.other(first.matches("[A-Za-z-]+") ? first : "extension");
    }
  }

  boolean isGoto() {
    return isGoto;
  }

  @Nullable String address() {
    return address;
  }

  private boolean drop(String pattern) {
    String shorter = rest.replaceFirst(pattern, " ");
    boolean found = !shorter.equals(rest);
    rest = shorter;
    return found;
  }

  private void take(String pattern, Field field, Function<String, @Nullable List<String>> values) {
    Matcher piece = Pattern.compile(" " + pattern + " ").matcher(rest);
    if (!piece.find()) {
      return;
    }
    boolean second = pattern.contains("?<not2>") && piece.group("not2") != null;
    boolean not = piece.group("not") != null || second;
    draft.match(field, not, values.apply(piece.group("value")));
    rest = rest.substring(0, piece.start()) + " " + rest.substring(piece.end());
  }
}
