package io.wgwhy.cli.workbench;

import io.wgwhy.cli.workbench.PackTrial.OneSided;
import io.wgwhy.cli.workbench.PackTrial.Unreached;
import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.engine.session.SessionView;
import io.wgwhy.facts.tunnel.Tunnel;
import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.RuleHead;
import io.wgwhy.rules.proof.Facts;
import io.wgwhy.rules.proof.Proof;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which rules the cases reach, and how near they come to the others. */
final class Reach {
  private final RuleBook book;
  private final Collection<RuleHead> rules;
  private final Map<String, RuleHead> unreached = new LinkedHashMap<>();
  private final Map<String, Unreached> near = new LinkedHashMap<>();
  private final ConditionCoverage conditions = new ConditionCoverage();

  Reach(RuleBook book, Collection<RuleHead> rules) {
    this.book = book;
    this.rules = List.copyOf(rules);
    rules.forEach(it -> unreached.put(it.name(), it));
  }

  int rules() {
    return rules.size();
  }

  int conditions() {
    return conditions.conditions();
  }

  List<OneSided> oneSided() {
    return conditions.oneSided(rules);
  }

  /**
   * Notes the rules that hold now, and how the conditions of those are that the cases are of. What
   * names symptoms is of no cause: every case counts, until one reaches it.
   *
   * @param cases their files, beside the rules
   */
  void note(Collection<Path> cases, NetworkSession session) {
    if (cases.isEmpty()) {
      return;
    }
    SessionView.Held held = session.view().held();
    Map<String, Path> causes = new TreeMap<>();
    cases.forEach(it -> causes.put(cause(it), it));
    List<RuleHead> asked;
    synchronized (unreached) {
      held.rules().forEach(unreached::remove);
      asked =
          rules.stream()
              .filter(
                  it ->
                      it.cause() == null
                          ? unreached.containsKey(it.name())
                          : causes.containsKey(it.cause()))
              .toList();
    }
    Path any = cases.iterator().next();
    for (RuleHead it : asked) {
      Path who = it.cause() == null ? any : causes.get(it.cause());
      prove(it, PackTrial.name(who == null ? any : who), held.facts());
    }
  }

  private static String cause(Path file) {
    Path folder = file.getParent();
    return folder == null ? "" : String.valueOf(folder.getFileName());
  }

  private void prove(RuleHead rule, String who, Facts facts) {
    for (String tunnel : tunnels(facts)) {
      Proof proof = book.prover().prove(rule.name(), tunnel, facts);
      conditions.note(proof);
      Unreached now = of(rule, who, proof);
      synchronized (unreached) {
        near.merge(rule.name(), now, (known, newer) -> nearer(newer, known) ? newer : known);
      }
    }
  }

  /** Of those that are as near the first by name: threads must make no difference. */
  private static boolean nearer(Unreached one, Unreached other) {
    return one.held() != other.held()
        ? one.held() > other.held()
        : String.valueOf(one.nearest()).compareTo(String.valueOf(other.nearest())) < 0;
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
