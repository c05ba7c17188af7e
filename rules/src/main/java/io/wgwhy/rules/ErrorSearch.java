package io.wgwhy.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * Finds the rule that does not compile. The compiler does not tell: its messages have no line, and
 * some name a generated class instead of the file. So each rule is compiled alone, beside the
 * vocabulary; that takes a while, but only when something is wrong.
 */
final class ErrorSearch {
  /** What the messages quote of the rule, most telling first. */
  private static final List<Pattern> QUOTES =
      List.of(
          Pattern.compile("(?:Unknown field|Method) (\\w+) on "),
          Pattern.compile("(\\$\\w+) cannot be resolved"),
          Pattern.compile(": ([^:]+):?$"),
          Pattern.compile("Analyse Expression (.+?):"));

  private final PackFolder pack;
  private final Function<Map<String, String>, List<String>> compiler;
  private final List<RuleProblem> found = new ArrayList<>();

  private ErrorSearch(PackFolder pack, Function<Map<String, String>, List<String>> compiler) {
    this.pack = pack;
    this.compiler = compiler;
  }

  /**
   * Looks at the files of a pack that does not compile.
   *
   * @param suspects the names of those that may be at fault
   * @param compiler gives the errors of some files
   */
  static List<RuleProblem> among(
      Set<String> suspects,
      PackFolder pack,
      Map<String, String> sources,
      Function<Map<String, String>, List<String>> compiler) {
    ErrorSearch search = new ErrorSearch(pack, compiler);
    Map<String, String> vocabulary = new TreeMap<>(sources);
    vocabulary.keySet().retainAll(pack.vocabulary().stream().map(f -> f.name()).toList());
    Map<String, String> files = new TreeMap<>(sources);
    files.keySet().retainAll(suspects);
    files.forEach(
        (file, drl) -> {
          if (vocabulary.containsKey(file)) {
            search.search(file, drl, Map.of());
          }
        });
    if (search.found.isEmpty()) { // else it would be said again of each file beside it
      files.forEach((file, drl) -> search.search(file, drl, vocabulary));
    }
    if (search.found.isEmpty()) { // only together are they wrong
      compiler.apply(sources).forEach(error -> search.problem("", 0, error));
    }
    return search.found;
  }

  private void search(String file, String drl, Map<String, String> beside) {
    List<String> errors = errors(file, drl, beside);
    int before = found.size();
    if (errors.isEmpty()) {
      return;
    }
    List<RuleDescr> rules = rules(drl);
    for (RuleDescr rule : rules) {
      String alone = without(rules, rule, drl);
      for (String error : errors(file, alone, beside)) {
        problem(file, line(rule, alone, error), "\"" + rule.getName() + "\" " + error);
      }
    }
    if (found.size() == before) {
      errors.forEach(error -> problem(file, 0, error));
    }
  }

  private List<String> errors(String file, String drl, Map<String, String> beside) {
    Map<String, String> sources = new TreeMap<>(beside);
    sources.put(file, drl);
    return compiler.apply(sources).stream()
        .filter(error -> !error.startsWith("Java source of ")) // repeats what was said
        .toList();
  }

  /** The file with blank lines in place of the other rules. */
  private static String without(List<RuleDescr> rules, RuleDescr kept, String drl) {
    String[] lines = drl.split("\n", -1);
    for (RuleDescr rule : rules) {
      if (rule.getLine() != kept.getLine()) {
        for (int line = rule.getLine(); line <= rule.getEndLine(); line++) {
          lines[line - 1] = "";
        }
      }
    }
    return String.join("\n", lines);
  }

  private static int line(RuleDescr rule, String drl, String error) {
    String[] lines = drl.split("\n", -1);
    for (Pattern quote : QUOTES) {
      Matcher quoted = quote.matcher(error);
      if (quoted.find()) {
        for (int line = rule.getEndLine(); line >= rule.getLine(); line--) {
          if (lines[line - 1].contains(quoted.group(1).strip())) {
            return line;
          }
        }
      }
    }
    return rule.getLine();
  }

  private static List<RuleDescr> rules(String drl) {
    try {
      return new DrlParser(LanguageLevelOption.DRL10).parse(false, drl).getRules();
    } catch (DroolsParserException unreadable) {
      return List.of();
    }
  }

  private void problem(String file, int line, String message) {
    found.add(new RuleProblem(pack.path(file), line, message));
  }
}
