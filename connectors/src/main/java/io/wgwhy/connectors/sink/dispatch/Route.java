package io.wgwhy.connectors.sink.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Confidence;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.finding.Severity;
import java.util.Optional;
import java.util.Set;

/**
 * Which findings a receiver is told.
 *
 * @param tenants empty for all that may be seen
 * @param networks empty for all
 * @param causes empty for all
 * @param severity the least severe that is told
 * @param confidence the least sure that is told
 */
public record Route(
    Set<Tenant> tenants,
    Set<String> networks,
    Set<String> causes,
    Severity severity,
    Confidence confidence) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Everything. */
  public static final Route ALL =
      new Route(Set.of(), Set.of(), Set.of(), Severity.WARNING, Confidence.POSSIBLE);

  public Route {
    tenants = Set.copyOf(tenants);
    networks = Set.copyOf(networks);
    causes = Set.copyOf(causes);
  }

  /** As it is kept beside what was told by it. */
  public String text() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a route cannot be written as JSON", e);
    }
  }

  /** The route of a text; empty if it is none, or of another version of this. */
  public static Optional<Route> ofText(String text) {
    try {
      return Optional.of(JSON.readValue(text, Route.class));
    } catch (JsonProcessingException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Both enumerations begin with the worst, and with the surest. */
  public boolean takes(Tenant tenant, Finding finding) {
    return has(tenants, tenant)
        && has(networks, finding.network())
        && has(causes, finding.cause())
        && finding.severity().compareTo(severity) <= 0
        && finding.confidence().compareTo(confidence) <= 0;
  }

  private static <T> boolean has(Set<T> wanted, T it) {
    return wanted.isEmpty() || wanted.contains(it);
  }
}
