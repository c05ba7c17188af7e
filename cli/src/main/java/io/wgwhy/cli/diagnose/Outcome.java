package io.wgwhy.cli.diagnose;

import io.wgwhy.engine.session.HealthyTunnel;
import io.wgwhy.engine.session.UnexplainedTunnel;
import io.wgwhy.facts.finding.Explanation;
import io.wgwhy.facts.finding.Finding;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came out of a diagnosis.
 *
 * @param networks each by itself, in the order in which they were given
 * @param unread what was not understood, in the order in which it was given
 * @param isAnythingRead whether there was anything to reason about
 * @param failed how many networks could not be diagnosed, by a fault of our own
 */
public record Outcome(
    List<NetworkOutcome> networks, List<UnreadInput> unread, boolean isAnythingRead, int failed) {

  /**
   * What came out of one network.
   *
   * @param open findings that are true now, root causes first
   * @param resolved findings that were true for a while
   * @param healthy tunnels that nothing is wrong with
   * @param unexplained tunnels that something is wrong with, and no known cause explains it
   * @param explanations of the cause that was asked for, one for each tunnel; empty when none was
   */
  public record NetworkOutcome(
      String tenant,
      String network,
      List<Finding> open,
      List<Finding> resolved,
      List<HealthyTunnel> healthy,
      List<UnexplainedTunnel> unexplained,
      List<Explanation> explanations) {}

  /** What is true now, then what was: root causes first. */
  public List<Finding> findings() {
    return Stream.concat(
            networks.stream().flatMap(it -> it.open().stream()),
            networks.stream().flatMap(it -> it.resolved().stream()))
        .toList();
  }

  /** Of the cause that was asked for, one for each tunnel. */
  public List<Explanation> explanations() {
    return networks.stream().flatMap(it -> it.explanations().stream()).toList();
  }

  /**
   * Whether there is a finding, be it over: what broke and came back by itself will do so again; or
   * a tunnel that is broken for a reason that is not known.
   */
  public boolean isSomethingWrong() {
    return !findings().isEmpty() || networks.stream().anyMatch(it -> !it.unexplained().isEmpty());
  }
}
