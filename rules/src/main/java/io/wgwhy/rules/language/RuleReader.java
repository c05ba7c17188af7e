package io.wgwhy.rules.language;

import io.wgwhy.facts.tunnel.Conclusion;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.facts.tunnel.Tunnel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.jspecify.annotations.Nullable;

/** Reads the conditions of one rule: patterns, {@code not}, {@code exists}, {@code or}. */
final class RuleReader {
  /**
   * A pattern.
   *
   * @param multiplies whether each fact that matches is another match of the rule
   * @param line where it stands
   */
  record Asked(
      Class<?> kind,
      boolean multiplies,
      int line,
      List<Comparison> comparisons,
      Map<String, Side> bound) {

    /** Whether it asks for what rules conclude themselves. */
    boolean isConcluded() {
      return kind == Symptom.class || kind == Conclusion.class;
    }

    /** Whether it binds the property, or compares it with something that is bound. */
    boolean joins(String property, @Nullable String binding) {
      return bound.entrySet().stream()
              .anyMatch(
                  it ->
                      property.equals(it.getValue().property())
                          && (binding == null || binding.equals(it.getKey())))
          || comparisons.stream()
              .filter(it -> it.certain() && it.sign().equals("=="))
              .anyMatch(it -> joined(it, property, binding));
    }

    /** Whether it compares the property with something that is bound. */
    boolean compares(String property) {
      return comparisons.stream()
          .filter(it -> it.certain() && it.sign().equals("=="))
          .anyMatch(it -> joined(it, property, null));
    }

    /** By what name it binds the property; null when it does not. */
    @Nullable String bindingOf(String property) {
      return bound.entrySet().stream()
          .filter(it -> property.equals(it.getValue().property()))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElse(null);
    }

    /** Whether it compares anything with what is bound by this name. */
    boolean mentions(String binding) {
      return comparisons.stream()
          .anyMatch(
              it -> binding.equals(it.left().binding()) || binding.equals(it.right().binding()));
    }

    private static boolean joined(Comparison it, String property, @Nullable String binding) {
      return side(it.left(), it.right(), property, binding)
          || side(it.right(), it.left(), property, binding);
    }

    private static boolean side(Side one, Side other, String property, @Nullable String binding) {
      return property.equals(one.property())
          && other.binding() != null
          && (binding == null || binding.equals(other.binding()));
    }

    /** The property that says which tunnel it is about; null when it is about a host. */
    @Nullable String subject() {
      if (kind == Tunnel.class) {
        return "id";
      }
      return Vocabulary.properties(kind).containsKey("tunnel") ? "tunnel" : null;
    }
  }

  private final SourceText source;
  private final Imports imports;
  private final Reporter reporter;
  private final String rule;
  private final List<Asked> asked = new ArrayList<>();
  private final Set<String> unsure = new HashSet<>();
  private boolean sound = true;

  private RuleReader(String rule, SourceText source, Imports imports, Reporter reporter) {
    this.rule = rule;
    this.source = source;
    this.imports = imports;
    this.reporter = reporter;
  }

  /** The patterns; empty when something is wrong with them, which is told. */
  static List<Asked> read(RuleDescr rule, SourceText source, Imports imports, Reporter reporter) {
    RuleReader reader = new RuleReader(rule.getName(), source, imports, reporter);
    reader.together(rule.getLhs(), new LinkedHashMap<>(), true, rule.getLine());
    return reader.sound ? reader.asked : List.of();
  }

  private void together(
      ConditionalElementDescr group,
      Map<String, Class<?>> known,
      boolean multiplies,
      int groupLine) {
    int line = groupLine;
    for (Object child : group.getDescrs()) {
      BaseDescr part = (BaseDescr) child;
      line = part.getLine() > 0 ? part.getLine() : line;
      if (part instanceof PatternDescr pattern) {
        pattern(pattern, known, multiplies, line);
      } else if (part instanceof AndDescr and) {
        together(and, known, multiplies, line);
      } else if (part instanceof OrDescr || part.getClass() == NotDescr.class) {
        boolean alternatives = multiplies && part instanceof OrDescr;
        together((ConditionalElementDescr) part, new HashMap<>(known), alternatives, line);
      } else if (part.getClass() == ExistsDescr.class) {
        together((ConditionalElementDescr) part, new HashMap<>(known), false, line);
      } else {
        refuse(line, 0, word(part) + " is not used here: write patterns, not, exists, or");
      }
    }
  }

  /** How many patterns the parser read. */
  static int count(ConditionalElementDescr group) {
    int count = 0;
    for (Object child : group.getDescrs()) {
      count +=
          child instanceof PatternDescr
              ? 1
              : child instanceof ConditionalElementDescr inner ? count(inner) : 0;
    }
    return count;
  }

  private static String word(BaseDescr part) {
    String name = part.getClass().getSimpleName().replace("Descr", "");
    return name.toLowerCase(Locale.ROOT);
  }

  private void pattern(
      PatternDescr pattern, Map<String, Class<?>> known, boolean multiplies, int line) {
    Class<?> kind = Vocabulary.known().kind(pattern.getObjectType());
    if (kind == null) {
      String written = pattern.getObjectType();
      Set<String> kinds = Vocabulary.known().kinds().keySet();
      String says = "rules cannot ask for " + written + Spelling.didYouMean(written, kinds);
      refuse(
          new Refused(written, says, Spelling.nearest(written, kinds)), source.find(written, line));
      return;
    }
    if (pattern.getSource() != null
        || !pattern.getBehaviors().isEmpty()
        || pattern.isQuery()
        || pattern.isUnification()
        || !pattern.getAnnotations().isEmpty()) {
      refuse(line, 0, "a pattern is a kind of fact and conditions on it: no from, over, @ or :=");
      return;
    }
    if (pattern.getIdentifier() != null && !pattern.getIdentifier().isEmpty()) {
      known.put(pattern.getIdentifier(), kind);
    }
    List<Comparison> comparisons = new ArrayList<>();
    Map<String, Side> bound = new LinkedHashMap<>();
    for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
      if (!(constraint instanceof ExprConstraintDescr written)
          || written.getType() != ExprConstraintDescr.Type.NAMED) {
        refuse(line, 0, "name the property: " + constraint);
        continue;
      }
      try {
        Condition read = Condition.read(written.getExpression(), kind, imports, known, unsure);
        comparisons.addAll(read.comparisons());
        bound.putAll(read.bound());
        read.bound()
            .forEach(
                (name, side) -> {
                  known.put(name, type(side));
                  if (side.nullable()) {
                    unsure.add(name);
                  }
                });
      } catch (Refused refused) {
        refuse(refused, source.find(refused.word(), line));
      }
    }
    asked.add(new Asked(kind, multiplies, line, comparisons, bound));
  }

  private static Class<?> type(Side side) {
    return side.type() == null ? Object.class : side.type();
  }

  private void refuse(Refused refused, SourceText.Place place) {
    sound = false;
    String says = "\"" + rule + "\" " + refused.getMessage();
    reporter.problem(place.line(), place.column(), says, refused.word(), refused.meant());
  }

  private void refuse(int line, int column, String says) {
    sound = false;
    reporter.problem(line, column, "\"" + rule + "\" " + says);
  }
}
