package io.wgwhy.connectors.kafka;

import io.wgwhy.facts.Tenant;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The two accounts that a tenant has. Whoever breaks into a gateway finds the collector's: it can
 * write facts, and read nothing.
 */
public enum Account {
  /** Hosts': publishes facts. */
  COLLECTOR {
    @Override
    List<AclBinding> rights(Tenant tenant) {
      return List.of(
          may(tenant, ResourceType.TOPIC, tenant.facts(), PatternType.LITERAL, AclOperation.WRITE),
          may(
              tenant,
              ResourceType.TOPIC,
              tenant.facts(),
              PatternType.LITERAL,
              AclOperation.DESCRIBE));
    }
  },

  /** People's and programs': reads facts, findings and dead letters. */
  READER {
    @Override
    List<AclBinding> rights(Tenant tenant) {
      return List.of(
          may(tenant, ResourceType.TOPIC, prefix(tenant), PatternType.PREFIXED, AclOperation.READ),
          may(
              tenant,
              ResourceType.TOPIC,
              prefix(tenant),
              PatternType.PREFIXED,
              AclOperation.DESCRIBE),
          may(tenant, ResourceType.GROUP, prefix(tenant), PatternType.PREFIXED, AclOperation.READ));
    }
  };

  /** The user's name: no tenant's name has a dot, so no tenant can be another's user. */
  public String user(Tenant tenant) {
    return tenant.name() + "." + name().toLowerCase(Locale.ROOT);
  }

  /** What it may do; all else is refused. */
  abstract List<AclBinding> rights(Tenant tenant);

  /**
   * What all names of a tenant begin with. It ends with its separator: without the dot, {@code
   * acme} would have the rights of {@code acme-2} too.
   */
  static String prefix(Tenant tenant) {
    return "wgwhy." + tenant.name() + ".";
  }

  AclBinding may(
      Tenant tenant, ResourceType type, String name, PatternType pattern, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry("User:" + user(tenant), "*", operation, AclPermissionType.ALLOW));
  }
}
