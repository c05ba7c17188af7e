package io.wgwhy.connectors.sink.dispatch;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Subject.EndSubject;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * For a while nobody is told of some findings. They open and resolve as ever; what is still true
 * when the silence ends is told then. What is null does not matter, but one of host, network,
 * cause, tenant and finding must be named.
 *
 * @param id its name
 * @param tenant whose findings
 * @param network of which network
 * @param host one of the two ends' hosts
 * @param cause of which cause
 * @param finding one finding alone, by the beginning of its id, from now until it is resolved:
 *     somebody knows of it
 * @param from when it begins
 * @param until when it ends; null for never, which only one of a finding can have
 * @param because why, for others
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Silence(
    String id,
    @Nullable String tenant,
    @Nullable String network,
    @Nullable String host,
    @Nullable String cause,
    @Nullable String finding,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Instant from,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant until,
    @Nullable String because) {

  public Silence {
    if (tenant == null && network == null && host == null && cause == null && finding == null) {
      throw new BadSetting("a silence of everything: name a host, network, cause or tenant");
    }
    if (until == null && finding == null) {
      throw new BadSetting("a silence without end: say until when");
    }
  }

  /**
   * Somebody knows of a finding: of it nothing is told any more but that it is over.
   *
   * @param id the name of the silence
   */
  public static Silence acknowledging(
      String id, Tenant tenant, Finding finding, Instant now, @Nullable String because) {
    // The host that it opened on may have another clock.
    Instant from = finding.openedAt().isAfter(now) ? finding.openedAt() : now;
    return new Silence(id, tenant.name(), null, null, null, finding.id(), from, null, because);
  }

  /** Whether it is of one finding, which somebody knows of. */
  @JsonIgnore
  public boolean isAcknowledgement() {
    return finding != null;
  }

  boolean hushes(Tenant whose, Finding it, Instant at) {
    return !at.isBefore(from)
        && (until == null || at.isBefore(until))
        && matches(tenant, whose.name())
        && matches(network, it.network())
        && matches(cause, it.cause())
        && (host == null
            || isOf(it.subject().tunnel().initiator(), host)
            || isOf(it.subject().tunnel().responder(), host))
        && (finding == null || isKnown(it));
  }

  /** When it comes back it is another incident, and that it is over everybody wants to know. */
  private boolean isKnown(Finding it) {
    return it.id().startsWith(finding)
        && it.state() == Finding.State.OPEN
        && !it.openedAt().isAfter(from);
  }

  private static boolean matches(@Nullable String wanted, String is) {
    return wanted == null || wanted.equals(is);
  }

  private static boolean isOf(@Nullable EndSubject end, String host) {
    return end != null && Objects.equals(end.host(), host);
  }
}
