package io.wgwhy.connectors.sink.alertmanager;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Words;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An alert as the API v2 takes it (api/v2/openapi.yaml, postableAlert). Its labels are its
 * identity: nothing may stand there that is reworded while the finding is the same. What is for
 * people stands in its annotations.
 *
 * @param endsAt until when it holds unless told again; in the past when it is over
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Alert(
    Map<String, String> labels,
    Map<String, String> annotations,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Instant startsAt,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Instant endsAt,
    @Nullable String generatorURL) {

  /**
   * @param holds how long an open one is believed without being told again
   */
  static Alert of(Notice notice, Instant now, Duration holds) {
    Finding finding = notice.finding();
    Instant starts = earlier(finding.openedAt(), now);
    Instant resolved = finding.resolvedAt();
    Instant ends =
        notice.isOpen()
            ? now.plus(holds)
            : later(starts, resolved == null ? now : earlier(resolved, now));
    return new Alert(
        labels(notice.tenant(), finding), annotations(notice), starts, ends, notice.link());
  }

  /** The one that was told before, over: its labels are no longer those of the finding. */
  static Alert formerly(Notice notice, Finding before, Instant now) {
    Instant starts = earlier(before.openedAt(), now);
    return new Alert(
        labels(notice.tenant(), before), annotations(notice), starts, now, notice.link());
  }

  static Map<String, String> labels(Tenant tenant, Finding finding) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("alertname", finding.cause());
    labels.put("cause", finding.cause());
    labels.put("finding", finding.id());
    labels.put("tenant", tenant.name());
    labels.put("network", Words.line(finding.network()));
    labels.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    List<String> hosts = Words.hosts(finding);
    // To Alertmanager an empty label is none.
    labels.put("host", hosts.isEmpty() ? "" : Words.line(hosts.get(0)));
    return labels;
  }

  private static Map<String, String> annotations(Notice notice) {
    Finding finding = notice.finding();
    Map<String, String> annotations = new TreeMap<>();
    annotations.put("summary", Words.title(finding));
    annotations.put("confidence", finding.confidence().name().toLowerCase(Locale.ROOT));
    annotations.put("tunnel", Words.ends(finding));
    annotations.put("symptom", Words.symptom(finding));
    annotations.put("description", String.join("\n", Words.evidence(finding)));
    annotations.put("remedy", Words.remedyText(finding));
    annotations.values().removeIf(String::isEmpty);
    return annotations;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
