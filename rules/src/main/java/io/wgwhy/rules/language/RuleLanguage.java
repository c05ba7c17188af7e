package io.wgwhy.rules.language;

import io.wgwhy.facts.tunnel.Conclusion;
import io.wgwhy.rules.language.RuleReader.Asked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.jspecify.annotations.Nullable;

/**
 * What a file of rules may hold. An allow-list: imports of the vocabulary, and rules made of
 * patterns that conclude with one of three verbs. That is enough for a diagnosis, and too little
 * for anything else: there is no call, no loop, no state.
 *
 * <p>No rule goes in circles: symptoms are not made of conclusions, what is confirmed does not hang
 * on conclusions, and what is suspected or ruled out hangs on confirmed ones alone. No rule
 * explodes: it speaks of one tunnel, so it costs the same for each.
 */
public final class RuleLanguage {
  private static final int MOST_PATTERNS = 12;

  /** Positive patterns of one kind: each multiplies the matches. */
  private static final int MOST_ALIKE = 3;

  private static final int MOST_RULES = 200;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,60}");
  private static final Pattern CONCLUDES =
      Pattern.compile(
          "insertLogical\\(\\s*(confirm|suspect|ruleOut)\\(\\s*\"[^\"\\\\]*\"\\s*,\\s*(\\$\\w+)\\s*\\)\\s*\\);");
  private static final Pattern NAMES_SYMPTOM =
      Pattern.compile(
          "insertLogical\\(\\s*new\\s+Symptom\\(\\s*(\\$\\w+)\\s*,\\s*(?:(?:Symptom\\.)?Kind\\.([A-Z_]+)|\\$\\w+)\\s*\\)\\s*\\);");

  private final SourceText source;
  private final boolean mayAskSymptoms;
  private final Reporter reporter;
  private final Imports imports = new Imports();
  private boolean told;

  private RuleLanguage(String text, boolean mayAskSymptoms, Reporter reporter) {
    this.source = new SourceText(text);
    this.mayAskSymptoms = mayAskSymptoms;
    this.reporter =
        (line, column, says, written, meant) -> {
          told = true;
          reporter.problem(line, column, says, written, meant);
        };
  }

  /**
   * Checks a file that was parsed.
   *
   * @param text what was parsed
   * @param base whether it is of the built-in pack, whose symptoms may hide one another
   */
  public static void check(PackageDescr content, String text, boolean base, Reporter reporter) {
    new RuleLanguage(text, base, reporter).check(content);
  }

  private void check(PackageDescr content) {
    if (content.getName() == null || !NAME.matcher(content.getName()).matches()) {
      reporter.problem(1, 0, "name the package in one word of small letters: package acme");
    }
    for (var imported : content.getImports()) {
      imported(imported.getTarget(), imported.getLine());
    }
    content
        .getFunctionImports()
        .forEach(
            it -> {
              if (!it.getTarget().equals(Conclusion.class.getName() + ".*")) {
                problem(
                    it.getLine(),
                    it.getTarget(),
                    "the one static import is " + Conclusion.class.getName() + ".*");
              }
            });
    content.getAccumulateImports().forEach(it -> notHere(it.getLine(), "import accumulate"));
    content.getTypeDeclarations().forEach(it -> notHere(it.getLine(), "declare"));
    content.getEnumDeclarations().forEach(it -> notHere(it.getLine(), "declare enum"));
    content.getEntryPointDeclarations().forEach(it -> notHere(it.getLine(), "declare entry-point"));
    content.getWindowDeclarations().forEach(it -> notHere(it.getLine(), "declare window"));
    if (content.getUnit() != null) {
      notHere(content.getUnit().getLine(), "unit");
    }
    if (content.getRules().size() > MOST_RULES) {
      reporter.problem(0, 0, "divide the file: " + MOST_RULES + " rules are the most");
    }
    List<RuleDescr> rules = content.getRules();
    rules.forEach(this::check);
    if (!told) {
      compare(rules);
    }
  }

  /** With what is written: what the parser passed over must not get past us. */
  private void compare(List<RuleDescr> rules) {
    Skeleton written = source.skeleton();
    if (!source.isEnd(written.end()) || written.patterns().size() != rules.size()) {
      var place = source.place(written.end());
      reporter.problem(
          place.line(),
          place.column(),
          "a file is package, imports and rules: rule \"…\" @because( \"…\" ) when … then … end");
      return;
    }
    for (int i = 0; i < rules.size(); i++) {
      int read = RuleReader.count(rules.get(i).getLhs());
      if (read == 0 || read != written.patterns().get(i)) {
        said(
            rules.get(i),
            rules.get(i).getLine(),
            "is not read as it is written: write patterns, not, exists, and, or");
      }
    }
  }

  private void imported(String target, int line) {
    String wrong = imports.add(target);
    if (wrong != null) {
      problem(line, target, wrong);
    }
  }

  private void check(RuleDescr rule) {
    if (rule.isQuery()) {
      notHere(rule.getLine(), "query");
      return;
    }
    if (rule.getParentName() != null) {
      notHere(rule.getLine(), "extends");
    }
    if (rule.getUnit() != null) {
      notHere(rule.getLine(), "unit");
    }
    if (!rule.getNamedConsequences().isEmpty()) {
      notHere(rule.getLine(), "more than one then");
    }
    rule.getAnnotationNames().stream()
        .filter(it -> !it.equals("because"))
        .forEach(
            it -> problem(rule.getLine(), it, "no annotations but @because: leave out @" + it));
    List<Asked> asked = RuleReader.read(rule, source, imports, reporter);
    if (!asked.isEmpty()) {
      checkSize(rule, asked);
      checkConclusion(rule, asked);
    }
  }

  private void checkSize(RuleDescr rule, List<Asked> asked) {
    if (asked.size() > MOST_PATTERNS) {
      said(
          rule,
          rule.getLine(),
          "has " + asked.size() + " patterns: " + MOST_PATTERNS + " are the most");
    }
    Map<Class<?>, Integer> alike = new HashMap<>();
    asked.stream().filter(Asked::multiplies).forEach(it -> alike.merge(it.kind(), 1, Integer::sum));
    alike.forEach(
        (kind, count) -> {
          if (count > MOST_ALIKE) {
            said(
                rule,
                rule.getLine(),
                "asks "
                    + count
                    + " times for a "
                    + kind.getSimpleName()
                    + ": "
                    + MOST_ALIKE
                    + " are the most");
          }
        });
    checkHosts(rule, asked);
  }

  /** Each further fact of whatever host would multiply the matches by the number of hosts. */
  private void checkHosts(RuleDescr rule, List<Asked> asked) {
    List<Asked> ofHosts =
        asked.stream()
            .filter(it -> it.subject() == null && it.multiplies() && !it.compares("host"))
            .toList();
    for (int i = 0; i < ofHosts.size(); i++) {
      Asked it = ofHosts.get(i);
      String host = it.bindingOf("host");
      boolean alone = i > 0 || host == null || !isAskedOfOthers(host, it, asked);
      if (alone) {
        said(
            rule,
            it.line(),
            "asks for a " + it.kind().getSimpleName() + " of any host: say which by host == $host");
        return;
      }
    }
  }

  private static boolean isAskedOfOthers(String host, Asked own, List<Asked> asked) {
    long mentioned = asked.stream().filter(it -> it.mentions(host)).count();
    return mentioned > (own.mentions(host) ? 1 : 0);
  }

  private void checkConclusion(RuleDescr rule, List<Asked> asked) {
    String then = String.valueOf(rule.getConsequence()).strip();
    Matcher concludes = CONCLUDES.matcher(then);
    Matcher symptom = NAMES_SYMPTOM.matcher(then);
    if (!concludes.matches() && !symptom.matches()) {
      return; // said elsewhere
    }
    boolean about = concludes.matches();
    String id = about ? concludes.group(2) : symptom.group(1);
    boolean bound =
        asked.stream()
            .filter(Asked::multiplies)
            .anyMatch(
                it ->
                    it.subject() != null
                        && it.bound().containsKey(id)
                        && it.subject().equals(property(it, id)));
    if (!bound) {
      problem(
          rule.getConsequenceLine(),
          id,
          quoted(rule)
              + id
              + " is not a tunnel's: bind it by "
              + id
              + " : tunnel, or by Tunnel( "
              + id
              + " : id )");
      return;
    }
    for (Asked it : asked) {
      if (it.subject() != null && !it.joins(it.subject(), id)) {
        said(
            rule,
            it.line(),
            "asks for a "
                + it.kind().getSimpleName()
                + " of any tunnel: say which by "
                + it.subject()
                + " == "
                + id);
      }
    }
    Circles.find(asked, about ? concludes.group(1) : null, mayAskSymptoms)
        .forEach((line, says) -> said(rule, line, says));
  }

  private static @Nullable String property(Asked asked, String binding) {
    var side = asked.bound().get(binding);
    return side == null ? null : side.property();
  }

  private void notHere(int line, String what) {
    reporter.problem(Math.max(line, 0), 0, "no " + what + ": a pack holds rules, and nothing else");
  }

  private void problem(int line, String word, String says) {
    var place = source.find(word, Math.max(line, 1));
    reporter.problem(place.line(), place.column(), says);
  }

  private void said(RuleDescr rule, int line, String says) {
    reporter.problem(Math.max(line, 0), 0, quoted(rule) + says);
  }

  private static String quoted(RuleDescr rule) {
    return "\"" + rule.getName() + "\" ";
  }
}
