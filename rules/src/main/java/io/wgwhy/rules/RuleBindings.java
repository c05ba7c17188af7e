package io.wgwhy.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AccumulateDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.EvalDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.ForallDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

/**
 * What a rule's conditions name.
 *
 * @param visible the bindings that its sentence may use; not those inside not, exists and forall
 * @param evals the evals, which have no place there
 */
record RuleBindings(Set<String> visible, List<String> evals) {
  private static final Pattern BINDING = Pattern.compile("(\\$\\w+)\\s*:(?!:)");
  private static final Pattern EVAL = Pattern.compile("\\beval\\s*\\(");

  static RuleBindings of(RuleDescr rule) {
    RuleBindings found = new RuleBindings(new HashSet<>(), new ArrayList<>());
    found.walk(rule.getLhs());
    return found;
  }

  private void walk(BaseDescr part) {
    if (part instanceof EvalDescr eval) {
      evals.add(String.valueOf(eval.getContent()).strip());
    } else if (part instanceof PatternDescr pattern) {
      walk(pattern);
    } else if (part instanceof ConditionalElementDescr group) {
      boolean hidden =
          part instanceof NotDescr || part instanceof ExistsDescr || part instanceof ForallDescr;
      RuleBindings inside = hidden ? new RuleBindings(new HashSet<>(), evals) : this;
      for (Object child : group.getDescrs()) {
        inside.walk((BaseDescr) child);
      }
    }
  }

  private void walk(PatternDescr pattern) {
    if (pattern.getIdentifier() != null && !pattern.getIdentifier().isEmpty()) {
      visible.add(pattern.getIdentifier());
    }
    for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
      String text =
          constraint instanceof ExprConstraintDescr written
              ? written.getExpression()
              : constraint.toString();
      Matcher binding = BINDING.matcher(text);
      while (binding.find()) {
        visible.add(binding.group(1));
      }
      if (EVAL.matcher(text).find()) {
        evals.add(text);
      }
    }
    if (pattern.getSource() instanceof AccumulateDescr accumulate) {
      new RuleBindings(new HashSet<>(), evals).walk(accumulate.getInput());
      accumulate.getFunctions().stream()
          .map(AccumulateDescr.AccumulateFunctionCallDescr::getBind)
          .filter(bind -> bind != null)
          .forEach(visible::add);
    }
  }
}
