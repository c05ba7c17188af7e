package io.wgwhy.rules.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.drools.model.Binding;
import org.drools.model.Condition;
import org.drools.model.Constraint;
import org.drools.model.Declaration;
import org.drools.model.Pattern;
import org.drools.model.SingleConstraint;
import org.drools.model.Variable;
import org.jspecify.annotations.Nullable;

/** A compiled rule's conditions in pieces, and the questions that the engine asks of each. */
final class Pieces {
  private Pieces() {}

  /** The conditions that have to hold together; nested "and"s are none of their own. */
  static List<Condition> together(Condition whole) {
    List<Condition> all = new ArrayList<>();
    for (Condition part : whole.getSubConditions()) {
      if (part.getType() == Condition.Type.AND) {
        all.addAll(together(part));
      } else if (part.getType() != Condition.Type.CONSEQUENCE) {
        all.add(part);
      }
    }
    return all;
  }

  /** Whether it is made of patterns, not, exists, and, or alone. */
  static boolean canBeTakenApart(Condition condition) {
    return switch (condition.getType()) {
      case PATTERN ->
          !(((Pattern<?>) condition).getPatternVariable() instanceof Declaration<?> declared)
              || (declared.getSource() == null && declared.getWindow() == null);
      case AND, OR, NOT, EXISTS ->
          condition.getSubConditions().stream().allMatch(Pieces::canBeTakenApart);
      case CONSEQUENCE -> true;
      default -> false;
    };
  }

  /** What stands between the commas of a pattern. */
  static List<Constraint> constraints(Pattern<?> pattern) {
    return constraints(pattern.getConstraint());
  }

  private static List<Constraint> constraints(Constraint constraint) {
    if (constraint == SingleConstraint.TRUE) {
      return List.of();
    }
    if (constraint.getType() == Constraint.Type.MULTIPLE
        || constraint.getType() == Constraint.Type.AND) {
      return constraint.getChildren().stream().flatMap(it -> constraints(it).stream()).toList();
    }
    return List.of(constraint);
  }

  /** The variables that it asks about. */
  static List<Variable<?>> variables(Constraint constraint) {
    List<Variable<?>> all = new ArrayList<>();
    if (constraint instanceof SingleConstraint single) {
      for (Variable<?> variable : single.getVariables()) {
        all.add(variable);
      }
    }
    constraint.getChildren().forEach(it -> all.addAll(variables(it)));
    return all;
  }

  /** As it stands in the rule, on one line. */
  static String text(Constraint constraint) {
    String own = constraint.predicateInformation().getStringConstraint();
    String sign = constraint.getType() == Constraint.Type.OR ? " || " : " && ";
    return own.isEmpty()
        ? String.join(sign, constraint.getChildren().stream().map(Pieces::text).toList())
        : own.strip()
            .replaceAll("\\s+", " ")
            // As the compiler writes what "!." asks for: that there is one.
            .replaceAll("\\b_this\\.([\\w.()]+) != null", "$1 != null")
            .replace("()", "");
  }

  /**
   * Asks the engine's own predicate. A question that cannot be put to this fact (the engine would
   * have stopped at an earlier one) is answered with no.
   */
  static boolean holds(Constraint constraint, Tuple tuple) {
    if (constraint instanceof SingleConstraint single) {
      Object[] arguments = new Object[single.getVariables().length];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = tuple.get(single.getVariables()[i]);
      }
      try {
        return single.getPredicate().test(arguments);
      } catch (Exception cannotBeAsked) { // as the predicate's signature has it
        return false;
      }
    }
    return constraint.getType() == Constraint.Type.OR
        ? constraint.getChildren().stream().anyMatch(it -> holds(it, tuple))
        : constraint.getChildren().stream().allMatch(it -> holds(it, tuple));
  }

  /**
   * The tuple with the fact and what the pattern binds of it; null when a variable that is bound
   * already stands for something else.
   */
  static @Nullable Tuple bind(Pattern<?> pattern, Object fact, Tuple tuple) {
    Tuple bound = tuple.with(pattern.getPatternVariable(), fact);
    for (Binding binding : pattern.getBindings()) {
      Variable<?>[] inputs = binding.getInputVariables();
      Object[] arguments = new Object[inputs.length];
      for (int i = 0; i < inputs.length; i++) {
        arguments[i] = bound.get(inputs[i]);
      }
      Object value = value(binding, arguments);
      Variable<?> variable = binding.getBoundVariable();
      if (bound.binds(variable) && !Objects.equals(bound.get(variable), value)) {
        return null;
      }
      bound = bound.with(variable, value);
    }
    return bound;
  }

  /** What it binds; null when the fact has nothing to bind, which a constraint then says. */
  private static @Nullable Object value(Binding binding, Object... arguments) {
    try {
      return binding.eval(arguments);
    } catch (RuntimeException nothingThere) {
      return null;
    }
  }
}
