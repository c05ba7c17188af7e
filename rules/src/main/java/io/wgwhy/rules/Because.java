package io.wgwhy.rules;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentence of a rule, {@code @because( "nothing arrives on {{$port}}" )}. Its {@code {{$port}}}
 * are the rule's own bindings; the sign means something else to mustache, so they are filed under a
 * name of their own.
 */
final class Because {
  static final String ANNOTATION = "because";

  /** Where a sentence finds the bindings among its values. */
  static final String BINDINGS = "rule";

  private static final Pattern BINDING = Pattern.compile("(\\{\\{[#^/]?\\s*)\\$(\\w+)");

  private Because() {}

  /** The template of a compiled rule; empty when it has none. */
  static String template(Map<String, Object> metaData) {
    Object written = metaData.get(ANNOTATION);
    return written == null ? "" : template(written.toString());
  }

  static String template(String written) {
    String text = written.strip();
    if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1).translateEscapes();
    }
    return BINDING.matcher(text).replaceAll("$1" + BINDINGS + ".$2");
  }

  /** The bindings that a sentence names, with their sign. */
  static Set<String> bindingsIn(String written) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = BINDING.matcher(written);
    while (matcher.find()) {
      names.add("$" + matcher.group(2));
    }
    return names;
  }
}
