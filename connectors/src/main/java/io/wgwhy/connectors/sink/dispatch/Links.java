package io.wgwhy.connectors.sink.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.net.URI;
import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Where people read more about a finding.
 *
 * @param template an address with {@code {tenant}}, {@code {network}}, {@code {cause}} and {@code
 *     {finding}} in it; null for no links
 */
public record Links(@Nullable String template) {
  public static final Links NONE = new Links(null);

  public Links {
    if (template != null) {
      check(fill(template, "tenant", "network", "cause", "finding"));
    }
  }

  private static void check(String sample) {
    try {
      String scheme = URI.create(sample).getScheme();
      if (!"http".equals(scheme) && !"https".equals(scheme)) {
        throw new BadSetting("is no http or https address");
      }
    } catch (BadSetting e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new BadSetting("has more than {tenant}, {network}, {cause} and {finding} in it");
    }
  }

  /** The address for a finding; null when there are no links. */
  public @Nullable String of(Tenant tenant, Finding finding) {
    return template == null
        ? null
        : fill(template, tenant.name(), finding.network(), finding.cause(), finding.id());
  }

  private static String fill(
      String template, String tenant, String network, String cause, String finding) {
    return template
        .replace("{tenant}", encoded(tenant))
        .replace("{network}", encoded(network))
        .replace("{cause}", encoded(cause))
        .replace("{finding}", encoded(finding));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
