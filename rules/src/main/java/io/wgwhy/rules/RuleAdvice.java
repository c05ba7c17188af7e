package io.wgwhy.rules;

import io.wgwhy.facts.tunnel.Conclusion.Verb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.jspecify.annotations.Nullable;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * What an author should think about, though nothing is wrong with it: causes of one place, rules
 * that say the same, rules that never say anything that another does not, rules that contradict,
 * rules that never hold.
 */
public final class RuleAdvice {
  private final PackFolder pack;
  private final List<RuleProblem> advice = new ArrayList<>();

  private RuleAdvice(PackFolder pack) {
    this.pack = pack;
  }

  /** The advice on a sound pack; empty when there is none. */
  public static List<RuleProblem> of(Path folder) {
    RuleAdvice on = new RuleAdvice(PackFolder.read(folder));
    on.places();
    on.pack.causes().forEach(on::rules);
    on.advice.sort(Comparator.comparing(RuleProblem::file).thenComparingInt(RuleProblem::line));
    return List.copyOf(on.advice);
  }

  private void places() {
    for (PackFolder.CauseFolder cause : pack.causes()) {
      pack.causes().stream()
          .filter(it -> cause.nth() > 0 && it.nth() == 0)
          .filter(it -> it.bandNumber() == cause.bandNumber() && it.place() == cause.place())
          .forEach(
              it ->
                  advice.add(
                      new RuleProblem(
                          cause.folder().resolve(cause.id() + ".md").toString(),
                          0,
                          "has the place "
                              + cause.place()
                              + " of "
                              + it.id()
                              + ": the alphabet decides which comes first; give it its own")));
    }
  }

  private void rules(PackFolder.CauseFolder cause) {
    PackFolder.DrlFile file = cause.rules();
    if (file == null) {
      return;
    }
    List<RuleShape> shapes = shapes(file.text());
    for (RuleShape one : shapes) {
      one.neverHolds().ifPresent(it -> add(file, one, it));
      for (RuleShape other : shapes) {
        if (one.line() == other.line() || one.verb() == null || other.verb() == null) {
          continue;
        }
        compare(file, one, other);
      }
    }
  }

  private void compare(PackFolder.DrlFile file, RuleShape one, RuleShape other) {
    boolean includes = one.includes(other);
    boolean same = includes && other.includes(one);
    boolean later = one.line() > other.line();
    String says = null;
    if (same && later && one.verb() == other.verb()) {
      says = "says the same as \"" + other.name() + "\" by the same conditions: leave one out";
    } else if (includes && !same && one.verb() == other.verb()) {
      says = "never says more than \"" + other.name() + "\", which asks for less: leave one out";
    } else if (includes && isContradiction(one.verb(), other.verb())) {
      says = "contradicts \"" + other.name() + "\": whenever it holds, that holds, too";
    }
    if (says != null) {
      add(file, one, says);
    }
  }

  private void add(PackFolder.DrlFile file, RuleShape rule, String says) {
    advice.add(
        new RuleProblem(pack.path(file.name()), rule.line(), "\"" + rule.name() + "\" " + says));
  }

  private static boolean isContradiction(@Nullable Verb one, @Nullable Verb other) {
    return (one == Verb.CONFIRM && other == Verb.RULE_OUT)
        || (one == Verb.RULE_OUT && other == Verb.CONFIRM);
  }

  private static List<RuleShape> shapes(String drl) {
    try {
      PackageDescr content = new DrlParser(LanguageLevelOption.DRL6).parse(false, drl);
      List<RuleShape> shapes = new ArrayList<>();
      if (content != null) {
        for (RuleDescr rule : content.getRules()) {
          shapes.add(RuleShape.of(rule));
        }
      }
      return shapes;
    } catch (DroolsParserException unreadable) {
      return List.of();
    }
  }
}
