package io.wgwhy.engine.session;

import io.wgwhy.facts.finding.Explanation;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.tunnel.Symptom;
import io.wgwhy.facts.tunnel.Tunnel;
import io.wgwhy.rules.Cause;
import io.wgwhy.rules.RuleBook;
import io.wgwhy.rules.proof.Facts;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What people ask of a session beside its findings: how the other tunnels are, and why it says what
 * it says. Each answer is of the moment in which it is given.
 */
public final class SessionView {
  private final RuleBook rules;
  private final FindingWriter writer;
  private final Judge judge;
  private final Runnable upToNow;

  /**
   * @param upToNow takes in and judges what waits
   */
  SessionView(RuleBook rules, FindingWriter writer, Judge judge, Runnable upToNow) {
    this.rules = rules;
    this.writer = writer;
    this.judge = judge;
    this.upToNow = upToNow;
  }

  /** The tunnels without a finding, and how they are. */
  public List<HealthyTunnel> healthy() {
    upToNow.run();
    return tunnels()
        .filter(it -> judge.symptoms(it).isEmpty() && isATunnel(it))
        .map(it -> HealthyTunnel.of(writer.subject(tunnel(it)), judge.scenes().required(it)))
        .toList();
  }

  /** The tunnels that something is wrong with, and that no finding speaks of. */
  public List<UnexplainedTunnel> unexplained() {
    upToNow.run();
    return tunnels()
        .filter(it -> !judge.symptoms(it).isEmpty() && isATunnel(it))
        .filter(it -> judge.findings(it).stream().noneMatch(Finding::isFault))
        .map(
            it ->
                new UnexplainedTunnel(
                    writer.subject(tunnel(it)),
                    judge.symptoms(it).stream().map(Symptom.Kind::word).toList()))
        .toList();
  }

  /**
   * Why a cause is, or is not, what is wrong with each tunnel, as it is now.
   *
   * @throws IllegalArgumentException when no such cause is known
   */
  public List<Explanation> explain(String cause) {
    judgeAll();
    Cause known = rules.cause(cause);
    if (known == null) {
      throw new IllegalArgumentException("there is no cause " + cause);
    }
    Explaining explaining = new Explaining(rules, writer);
    Facts facts = judge.facts();
    return tunnels()
        .filter(it -> judge.isSeen(it) || !judge.reasons(it).isEmpty())
        .map(
            it ->
                explaining.explain(
                    known,
                    judge.scenes().required(it),
                    judge.symptoms(it),
                    judge.reasons(it),
                    facts))
        .toList();
  }

  /** All that the rules are asked about now: judgements, and facts as they are. */
  public List<Object> judged() {
    judgeAll();
    return judge.judged();
  }

  /** All that the rules are asked about and conclude, until the session changes. */
  public Facts facts() {
    judgeAll();
    return judge.facts();
  }

  /** The rules by which something is concluded now, of whatever tunnel; symptoms, too. */
  public Set<String> rulesThatHold() {
    judgeAll();
    return judge.rulesThatHold();
  }

  /**
   * What holds, judged once for both.
   *
   * @param rules as {@link #rulesThatHold}
   * @param facts as {@link #facts}
   */
  public record Held(Set<String> rules, Facts facts) {}

  /** What rules hold now, and by which facts; until the session changes. */
  public Held held() {
    judgeAll();
    return new Held(judge.rulesThatHold(), judge.facts());
  }

  private void judgeAll() {
    upToNow.run();
    judge.all();
  }

  private Stream<String> tunnels() {
    return judge.tunnels().pairs().keySet().stream();
  }

  private Tunnel tunnel(String id) {
    return judge.scenes().required(id).tunnel();
  }

  private boolean isATunnel(String id) {
    Tunnel it = tunnel(id);
    return it.initiator().iface() != null || it.responder().iface() != null;
  }
}
