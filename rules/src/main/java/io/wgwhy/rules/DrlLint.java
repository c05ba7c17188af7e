package io.wgwhy.rules;

import io.wgwhy.facts.tunnel.Conclusion;
import io.wgwhy.rules.language.Reporter;
import io.wgwhy.rules.language.RuleLanguage;
import io.wgwhy.rules.language.SourceText;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.jspecify.annotations.Nullable;
import org.kie.internal.builder.conf.LanguageLevelOption;

/** Our Error Prone for rules: keeps each readable by somebody who has never seen Java. */
final class DrlLint {
  private static final int LONGEST_RULE = 30;

  /** The parser's list of all that could have stood there. */
  private static final Pattern LONG_LIST = Pattern.compile(" expecting \\{.{60,}\\}$");

  /** How the quicker of the two parsers begins its messages. */
  private static final Pattern PLACE = Pattern.compile("^\\[ERR \\d+\\] Line \\d+:(\\d+) ");

  private static final Pattern CONCLUDES =
      Pattern.compile(
          "insertLogical\\(\\s*(confirm|suspect|ruleOut)\\(\\s*\"([^\"]*)\"\\s*,\\s*\\$\\w+\\s*\\)\\s*\\);");
  private static final Pattern NAMES_SYMPTOM =
      Pattern.compile(
          "insertLogical\\(\\s*new\\s+Symptom\\(\\s*\\$\\w+\\s*,\\s*(?:(?:Symptom\\.)?Kind\\.[A-Z_]+|\\$\\w+)\\s*\\)\\s*\\);");

  private final String file;
  private final @Nullable String cause;
  private final LanguageLevelOption parser;
  private final Consumer<RuleProblem> problems;

  private final Map<String, Stated> rules = new HashMap<>();

  /**
   * Where a rule stands and what it says of its cause.
   *
   * @param verb null when it names a symptom, or is wrong
   */
  record Stated(int line, Conclusion.@Nullable Verb verb) {}

  private DrlLint(
      String file,
      @Nullable String cause,
      LanguageLevelOption parser,
      Consumer<RuleProblem> problems) {
    this.parser = parser;
    this.file = file;
    this.cause = cause;
    this.problems = problems;
  }

  /**
   * Checks one file.
   *
   * @param cause the cause whose folder it lies in; null for a vocabulary
   * @param base whether it is of the built-in pack
   * @param parser DRL10 is what is compiled; DRL6 reads our rules the same, 40 times as fast
   * @return its rules by name
   */
  static Map<String, Stated> check(
      String file,
      String drl,
      @Nullable String cause,
      boolean base,
      LanguageLevelOption parser,
      Consumer<RuleProblem> problems) {
    DrlLint lint = new DrlLint(file, cause, parser, problems);
    lint.check(drl, base);
    return lint.rules;
  }

  private void check(String drl, boolean base) {
    Reporter reporter =
        (line, column, says, written, meant) ->
            problems.accept(
                new RuleProblem(
                    file,
                    line,
                    column,
                    says,
                    written == null || meant == null ? null : new RuleProblem.Fix(written, meant)));
    if (!SourceText.check(drl, reporter)) {
      return;
    }
    DrlParser reader = new DrlParser(parser);
    PackageDescr content;
    try {
      content = reader.parse(false, drl);
    } catch (DroolsParserException unreadable) {
      problem(0, "cannot be read: " + unreadable.getMessage());
      return;
    }
    reader.getErrors().forEach(this::syntax);
    if (content == null || reader.hasErrors()) {
      return;
    }
    content.getGlobals().forEach(g -> problem(g.getLine(), "no globals: make it a fact"));
    content
        .getFunctions()
        .forEach(f -> problem(f.getLine(), "no functions: make it a method of the fact"));
    content.getAttributes().forEach(a -> problem(a.getLine(), attribute(a)));
    content.getRules().stream().filter(rule -> !rule.isQuery()).forEach(this::check);
    RuleLanguage.check(content, drl, base, reporter);
  }

  private void syntax(DroolsError error) {
    int line = error.getLines().length > 0 ? error.getLines()[0] : 0;
    String says = LONG_LIST.matcher(error.getMessage().strip()).replaceFirst("");
    Matcher place = PLACE.matcher(says);
    int column = place.find() ? Integer.parseInt(place.group(1)) + 1 : 0;
    problems.accept(
        new RuleProblem(
            file,
            Math.max(line, 0),
            column,
            "cannot be read: " + place.replaceFirst("") + cure(says),
            null));
  }

  /** What is at fault most often, where the parser stops. */
  private static String cure(String says) {
    if (says.contains("input '='")) {
      return "; to compare, write ==";
    }
    if (says.contains("input '&'") || says.contains("input '|'")) {
      return "; write && or ||";
    }
    if (says.contains("input 'insertLogical'") || says.contains("'rule'")) {
      return "; is the end of the rule above missing, or its when or then?";
    }
    return "; look just before it for a missing bracket, comma or quote";
  }

  private void check(RuleDescr rule) {
    if (rules.put(rule.getName(), new Stated(rule.getLine(), verb(rule))) != null) {
      problem(rule.getLine(), quoted(rule) + "is here twice: give each rule its own name");
    }
    rule.getAttributes()
        .values()
        .forEach(a -> problem(rule.getLine(), quoted(rule) + attribute(a)));
    int length = rule.getEndLine() - rule.getLine() + 1;
    if (length > LONGEST_RULE) {
      problem(
          rule.getLine(),
          quoted(rule) + "has " + length + " lines: divide it, " + LONGEST_RULE + " are the most");
    }
    RuleBindings bindings = RuleBindings.of(rule);
    bindings
        .evals()
        .forEach(e -> problem(rule.getLine(), quoted(rule) + "no eval: write a pattern for " + e));
    if (cause != null) {
      checkBecause(rule, bindings.visible());
    }
    checkThen(rule, String.valueOf(rule.getConsequence()).strip());
  }

  private void checkBecause(RuleDescr rule, Set<String> bound) {
    AnnotationDescr because = rule.getAnnotation(Because.ANNOTATION);
    if (because == null || because.getSingleValueAsString() == null) {
      problem(rule.getLine(), quoted(rule) + "say why: @because( \"…\" ) above when");
      return;
    }
    String sentence = because.getSingleValueAsString();
    for (String name : Because.bindingsIn(sentence)) {
      if (!bound.contains(name)) {
        problem(
            rule.getLine(),
            quoted(rule) + "@because names " + name + "; bound here: " + new TreeSet<>(bound));
      }
    }
    String wrong = Template.problem(Because.template(sentence));
    if (wrong != null) {
      problem(rule.getLine(), quoted(rule) + "@because: " + wrong);
    }
  }

  private void checkThen(RuleDescr rule, String then) {
    Matcher conclusion = CONCLUDES.matcher(then);
    if (cause == null) {
      if (!NAMES_SYMPTOM.matcher(then).matches()) {
        problem(
            rule.getConsequenceLine(),
            quoted(rule) + "then holds one insertLogical( new Symptom( … ) ); here");
      }
    } else if (!conclusion.matches()) {
      problem(
          rule.getConsequenceLine(),
          quoted(rule)
              + "then holds one insertLogical( confirm( \""
              + cause
              + "\", $id ) ); or suspect, or ruleOut");
    } else if (!conclusion.group(2).equals(cause)) {
      problem(
          rule.getConsequenceLine(),
          quoted(rule) + "concludes \"" + conclusion.group(2) + "\" in the folder of " + cause);
    }
  }

  /** What a rule says of its cause; null when it says nothing of one. */
  static Conclusion.@Nullable Verb verb(RuleDescr rule) {
    Matcher conclusion = CONCLUDES.matcher(String.valueOf(rule.getConsequence()).strip());
    if (!conclusion.matches()) {
      return null;
    }
    return switch (conclusion.group(1)) {
      case "confirm" -> Conclusion.Verb.CONFIRM;
      case "suspect" -> Conclusion.Verb.SUSPECT;
      default -> Conclusion.Verb.RULE_OUT;
    };
  }

  private static String attribute(AttributeDescr attribute) {
    return attribute.getName().equals("salience")
        ? "no salience: the build writes it from the page's place"
        : "no attributes: leave out " + attribute.getName();
  }

  private static String quoted(RuleDescr rule) {
    return "\"" + rule.getName() + "\" ";
  }

  private void problem(int line, String message) {
    problems.accept(new RuleProblem(file, Math.max(line, 0), message));
  }
}
