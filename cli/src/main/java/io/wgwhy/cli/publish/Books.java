package io.wgwhy.cli.publish;

import io.wgwhy.rules.RuleBook;
import java.util.HashMap;
import java.util.Map;

/**
 * Which rules each tenant has. Immutable.
 *
 * @param all of tenants that have none of their own
 * @param own by tenant, of those who have
 */
public record Books(RuleBook all, Map<String, RuleBook> own, Map<String, String> names) {
  /** Of tenants without rules of their own. */
  private static final String ALL = "";

  Books(RuleBook all, Map<String, RuleBook> own) {
    this(all, Map.copyOf(own), names(all, own));
  }

  /** What comes with the program. */
  public static Books builtIn() {
    return new Books(RuleBook.builtIn(), Map.of());
  }

  /** The rules of a tenant. */
  public RuleBook of(String tenant) {
    return own.getOrDefault(tenant, all);
  }

  /** Names them by their content. */
  public String name(String tenant) {
    String name = names.get(tenant);
    return name == null ? names.getOrDefault(ALL, "") : name;
  }

  private static Map<String, String> names(RuleBook all, Map<String, RuleBook> own) {
    Map<String, String> names = new HashMap<>();
    own.forEach((tenant, book) -> names.put(tenant, book.version()));
    names.put(ALL, all.version());
    return Map.copyOf(names);
  }
}
