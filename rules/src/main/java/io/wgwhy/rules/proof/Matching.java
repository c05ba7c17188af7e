package io.wgwhy.rules.proof;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.drools.model.Condition;
import org.drools.model.Pattern;

/** All ways in which conditions hold. */
final class Matching {
  private final Facts facts;

  Matching(Facts facts) {
    this.facts = facts;
  }

  /** All ways in which a condition holds, each as what the variables then stand for. */
  Stream<Tuple> ways(Condition condition, Tuple from) {
    return switch (condition.getType()) {
      case PATTERN -> ways((Pattern<?>) condition, from);
      case AND -> ways(condition.getSubConditions(), from);
      case OR -> condition.getSubConditions().stream().flatMap(it -> ways(it, from));
      case NOT -> ways(condition.getSubConditions(), from).findAny().isEmpty() ? one(from) : none();
      case EXISTS ->
          ways(condition.getSubConditions(), from).findAny().isPresent() ? one(from) : none();
      case CONSEQUENCE -> one(from);
      default -> throw new IllegalArgumentException("not taken apart: " + condition.getType());
    };
  }

  private Stream<Tuple> ways(List<Condition> together, Tuple from) {
    Stream<Tuple> all = one(from);
    for (Condition condition : together) {
      all = all.flatMap(it -> ways(condition, it));
    }
    return all;
  }

  private Stream<Tuple> ways(Pattern<?> pattern, Tuple from) {
    return facts.of(pattern.getPatternVariable().getType()).stream()
        .map(fact -> Pieces.bind(pattern, fact, from))
        .filter(Objects::nonNull)
        .filter(it -> Pieces.constraints(pattern).stream().allMatch(c -> Pieces.holds(c, it)));
  }

  private static Stream<Tuple> one(Tuple tuple) {
    return Stream.of(tuple);
  }

  private static Stream<Tuple> none() {
    return Stream.empty();
  }

  /** The facts of a class. */
  List<Object> facts(Pattern<?> pattern) {
    return facts.of(pattern.getPatternVariable().getType());
  }
}
