package io.wgwhy.rules;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import io.wgwhy.facts.Answer;
import io.wgwhy.rules.language.Vocabulary;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fills the templates of rules and pages. A value that is not known stands as {@code <PORT>}, after
 * the last part of its name; in a command, values are quoted as the shell needs it.
 *
 * <p>A section over an {@link Answer} renders for YES only, so that {@code {{#up}}…{{/up}}} never
 * takes unknown for a yes.
 */
final class Template {
  /** Marks the name of a missing value on its way through mustache: private use, so in no text. */
  private static final char MISSING = '\uE000';

  private static final Pattern NOT_A_VALUE = Pattern.compile("\\{\\{\\s*([{&=><$])");

  private static final Mustache.Compiler BARE =
      Mustache.compiler().emptyStringIsFalse(true).withCollector(new OnlyYes());
  private static final Kind CONDITION =
      new Kind(BARE.escapeHTML(false).defaultValue("").withFormatter(value -> words(value, ",")));
  private static final Kind SENTENCE =
      new Kind(
          BARE.defaultValue(MISSING + "{{name}}")
              .withFormatter(value -> words(value, ", "))
              .withEscaper(value -> isMissing(value) ? placeholder(value) : oneLine(value)));
  private static final Kind COMMAND =
      new Kind(
          BARE.defaultValue(MISSING + "{{name}}")
              .withFormatter(value -> words(value, ","))
              .withEscaper(
                  value -> isMissing(value) ? placeholder(value) : ShellQuoting.mark(value)));

  /** Many times what the built-in pages need. */
  private static final int LONGEST = 4000;

  private static final int SECTIONS = 20;

  private Template() {}

  /** For people to read. */
  static String sentence(String template, Map<String, ?> values) {
    return SENTENCE.filled(template, values);
  }

  /** For people to paste into a shell. */
  static String command(String template, Map<String, ?> values) {
    return ShellQuoting.quote(COMMAND.filled(template, values));
  }

  /** The host's name; null when it is not known. */
  static @Nullable String host(@Nullable String template, Map<String, ?> values) {
    if (template == null) {
      return null;
    }
    String host = CONDITION.filled(template, values);
    return host.isBlank() ? null : oneLine(host);
  }

  /** Whether the template renders to anything at all. */
  static boolean holds(String template, Map<String, ?> values) {
    return !CONDITION.filled(template, values).isBlank();
  }

  /** What is wrong with a template; null when nothing is. */
  static @Nullable String problem(String template) {
    var special = NOT_A_VALUE.matcher(template);
    if (special.find()) {
      return "{{" + special.group(1) + " is not used here: write a plain {{name}} or {{#name}}";
    }
    if (template.length() > LONGEST || count(template, "{{#") + count(template, "{{^") > SECTIONS) {
      return "too long: " + LONGEST + " characters and " + SECTIONS + " sections are the most";
    }
    if (count(template, "{{") != count(template, "}}")) {
      return "close each {{ with }}";
    }
    try {
      CONDITION.parsed(template);
      return null;
    } catch (MustacheException unreadable) {
      return "no template: " + unreadable.getMessage();
    }
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length;
  }

  private static boolean isMissing(String value) {
    return !value.isEmpty() && value.charAt(0) == MISSING;
  }

  private static String placeholder(String marked) {
    String lastPart = marked.substring(Math.max(1, marked.lastIndexOf('.') + 1));
    return "<" + lastPart.replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(Locale.ROOT) + ">";
  }

  private static String oneLine(String value) {
    return value.replaceAll("\\p{Cntrl}+", " ");
  }

  private static String words(Object value, String separator) {
    if (value instanceof Enum<?> word) {
      return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    if (value instanceof Collection<?> many) {
      return many.stream().map(String::valueOf).collect(Collectors.joining(separator));
    }
    return String.valueOf(value);
  }

  /** Templates for one purpose, each parsed once: a finding is written again at every moment. */
  private record Kind(
      Mustache.Compiler compiler, Map<String, com.samskivert.mustache.Template> parsed) {
    /** Several times what packs have; beyond that it begins anew, as packs come and go. */
    private static final int MOST = 10_000;

    Kind(Mustache.Compiler compiler) {
      this(compiler, new ConcurrentHashMap<>());
    }

    com.samskivert.mustache.Template parsed(String template) {
      return compiler.compile(template);
    }

    String filled(String template, Map<String, ?> values) {
      if (parsed.size() > MOST) {
        parsed.clear();
      }
      return parsed.computeIfAbsent(template, compiler::compile).execute(values);
    }
  }

  /** Gives the properties of facts, and nothing else that Java objects have. */
  private static final class OnlyYes extends DefaultCollector {
    @Override
    public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
      boolean known =
          context instanceof Map || Vocabulary.properties(context.getClass()).containsKey(name);
      return known ? super.createFetcher(context, name) : null;
    }

    @Override
    public @Nullable Iterator<?> toIterator(Object value) {
      return value instanceof Answer answer && !answer.yes()
          ? Collections.emptyIterator()
          : super.toIterator(value);
    }
  }
}
