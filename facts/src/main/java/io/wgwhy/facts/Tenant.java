package io.wgwhy.facts;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who owns networks, and the names of the topics that belong to them. Whose a record is, is told by
 * the topic it stands on, never by what it says.
 *
 * @param name lower case letters, digits and hyphens, as in a host name. No dot: the dot ends the
 *     tenant's part of a topic's name, and prefixed ACLs on {@code wgwhy.<tenant>.} rely on that.
 */
public record Tenant(String name) {

  /** The facts topics of all tenants. */
  public static final Pattern ALL_FACTS = Pattern.compile("wgwhy\\.([^.]+)\\.facts");

  private static final Pattern FINDINGS = Pattern.compile("wgwhy\\.([^.]+)\\.findings");

  private static final Pattern DEAD_LETTERS = Pattern.compile("wgwhy\\.([^.]+)\\.dead-letters");

  // 63: a DNS label, so that a tenant's name can also be a host name or a Kubernetes namespace.
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  public Tenant {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' cannot name a tenant: use 1 to 63 of a-z, 0-9 and inner hyphens".formatted(name));
    }
  }

  /** The tenant whose facts stand on this topic; empty if it is no tenant's facts topic. */
  public static Optional<Tenant> ofFactsTopic(String topic) {
    return of(ALL_FACTS.matcher(topic));
  }

  /** The tenant whose findings stand on this topic; empty if it is no tenant's findings topic. */
  public static Optional<Tenant> ofFindingsTopic(String topic) {
    return of(FINDINGS.matcher(topic));
  }

  /** The tenant whose dead letters stand on this topic; empty if it is no such topic. */
  public static Optional<Tenant> ofDeadLettersTopic(String topic) {
    return of(DEAD_LETTERS.matcher(topic));
  }

  /** The tenant of this name; empty if no tenant can have it. */
  public static Optional<Tenant> named(String name) {
    return NAME.matcher(name).matches() ? Optional.of(new Tenant(name)) : Optional.empty();
  }

  private static Optional<Tenant> of(Matcher topic) {
    return topic.matches() ? named(topic.group(1)) : Optional.empty();
  }

  public String facts() {
    return "wgwhy." + name + ".facts";
  }

  public String findings() {
    return "wgwhy." + name + ".findings";
  }

  public String deadLetters() {
    return "wgwhy." + name + ".dead-letters";
  }

  @Override
  public String toString() {
    return name;
  }
}
