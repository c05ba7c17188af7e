package io.wgwhy.cli.alert;

import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.connectors.sink.SinkSettings;
import io.wgwhy.connectors.sink.dispatch.Links;
import io.wgwhy.connectors.sink.dispatch.Route;
import io.wgwhy.facts.Tenant;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of which findings.
 *
 * @param silences the file of silences; null for none
 * @param refused where notices are kept that a receiver will never take; null for the log only
 * @param links where people read more
 */
public record AlertSettings(
    @Nullable Path silences, @Nullable Path refused, Links links, List<Receiver> receivers) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  public AlertSettings {
    receivers = List.copyOf(receivers);
    if (receivers.isEmpty()) {
      throw new BadSetting("receivers: there is none");
    }
    Set<String> names = new HashSet<>();
    for (Receiver receiver : receivers) {
      if (!names.add(receiver.name())) {
        throw new BadSetting("receivers: there are two of the name " + receiver.name());
      }
    }
  }

  /**
   * One that is told.
   *
   * @param name its own; how far it came is remembered under it
   */
  public record Receiver(String name, Route route, SinkSettings sink) {
    public Receiver {
      if (!NAME.matcher(name).matches()) {
        throw new BadSetting("name: use 1 to 40 of a-z, 0-9 and -");
      }
    }

    /** A tenant's own receiver stays within what the tenant's prefixed ACLs allow. */
    String group() {
      Set<Tenant> tenants = route.tenants();
      return tenants.size() == 1
          ? "wgwhy." + tenants.iterator().next() + ".alert." + name
          : "wgwhy-alert." + name;
    }
  }
}
