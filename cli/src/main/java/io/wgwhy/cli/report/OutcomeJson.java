package io.wgwhy.cli.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.wgwhy.cli.diagnose.Outcome;
import io.wgwhy.cli.diagnose.UnreadInput;
import io.wgwhy.facts.finding.Explanation;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Subject;
import java.util.List;

/** The whole answer to a diagnosis, for programs: one object. */
public final class OutcomeJson {
  private OutcomeJson() {}

  @JsonPropertyOrder({"findings", "healthy", "unexplained", "explanations", "unread"})
  private record Answer(
      List<Finding> findings,
      List<Healthy> healthy,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Unexplained> unexplained,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Explanation> explanations,
      List<UnreadInput> unread) {}

  @JsonPropertyOrder({"tenant", "network", "subject", "says"})
  private record Healthy(String tenant, String network, Subject subject, String says) {}

  @JsonPropertyOrder({"tenant", "network", "subject", "symptoms"})
  private record Unexplained(
      String tenant, String network, Subject subject, List<String> symptoms) {}

  public static String of(Outcome outcome, Look look) {
    List<Unexplained> unexplained =
        outcome.networks().stream()
            .flatMap(
                network ->
                    network.unexplained().stream()
                        .map(
                            it ->
                                new Unexplained(
                                    network.tenant(),
                                    network.network(),
                                    it.subject(),
                                    it.symptoms())))
            .toList();
    List<Healthy> healthy =
        outcome.networks().stream()
            .flatMap(
                network ->
                    network.healthy().stream()
                        .map(
                            it ->
                                new Healthy(
                                    network.tenant(), network.network(), it.subject(), it.says())))
            .toList();
    return JsonText.of(
        new Answer(
            outcome.findings(), healthy, unexplained, outcome.explanations(), outcome.unread()),
        look);
  }
}
