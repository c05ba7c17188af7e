package io.wgwhy.cli.workbench;

import io.wgwhy.cli.workbench.PackTrial.Unreached;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.tunnel.Tunnel;
import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.RuleHead;
import io.wgwhy.rules.proof.Facts;
import io.wgwhy.rules.proof.Proof;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which rules the cases reach, and how near they come to the others. */
final class Reach {
  private final RuleBook book;
  private final int rules;
  private final Map<String, RuleHead> unreached = new LinkedHashMap<>();
  private final Map<String, Unreached> near = new LinkedHashMap<>();

  Reach(RuleBook book, Collection<RuleHead> rules) {
    this.book = book;
    this.rules = rules.size();
    rules.forEach(it -> unreached.put(it.name(), it));
  }

  int rules() {
    return rules;
  }

  /**
   * Notes the rules that hold now, and how near those of a cause come that nothing has reached yet.
   *
   * @param who looks
   */
  void note(String cause, String who, NetworkSession session) {
    Collection<String> hold = session.view().rulesThatHold();
    List<RuleHead> left;
    synchronized (unreached) {
      hold.forEach(unreached::remove);
      left = unreached.values().stream().filter(it -> cause.equals(it.cause())).toList();
    }
    if (!left.isEmpty()) {
      Facts facts = session.view().facts();
      left.forEach(it -> nearest(it, who, facts));
    }
  }

  private void nearest(RuleHead rule, String who, Facts facts) {
    for (String tunnel : tunnels(facts)) {
      Unreached now = of(rule, who, book.prover().prove(rule.name(), tunnel, facts));
      synchronized (near) {
        near.merge(rule.name(), now, (one, other) -> other.held() > one.held() ? other : one);
      }
    }
  }

  private static Unreached of(RuleHead rule, @Nullable String who, Proof proof) {
    return new Unreached(
        rule.name(),
        rule.file() + ":" + rule.line(),
        proof.held() == 0 ? null : who,
        proof.held(),
        proof.conditions().size(),
        failed(proof.firstFailing()));
  }

  private static @Nullable String failed(Proof.@Nullable Condition condition) {
    if (condition == null) {
      return null;
    }
    String kind = condition.kind() == null ? "" : condition.kind().getSimpleName();
    return condition.checks().stream()
        .filter(it -> it.state() != Proof.State.HOLDS)
        .findFirst()
        .map(it -> kind + "( " + it.wanted() + " )" + actual(it))
        .orElse(kind);
  }

  private static String actual(Proof.Check check) {
    return check.actual().isEmpty()
        ? ""
        : "; it is " + check.actual().stream().map(it -> "" + it.value()).toList();
  }

  List<Unreached> unreached() {
    return unreached.values().stream()
        .map(
            it ->
                Objects.requireNonNullElseGet(
                    near.get(it.name()),
                    () -> new Unreached(it.name(), it.file() + ":" + it.line(), null, 0, 0, null)))
        .toList();
  }

  private static List<String> tunnels(Facts facts) {
    return facts.of(Tunnel.class).stream().map(it -> ((Tunnel) it).id()).toList();
  }
}
