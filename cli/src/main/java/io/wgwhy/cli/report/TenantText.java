package io.wgwhy.cli.report;

import io.wgwhy.connectors.kafka.Account;
import io.wgwhy.connectors.kafka.Credentials;
import io.wgwhy.connectors.kafka.Tenants;
import io.wgwhy.connectors.kafka.Topics;
import io.wgwhy.facts.Tenant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tenants, for people and for programs. */
public final class TenantText {
  private final Look look;
  private final String server;
  private final boolean encrypted;

  /**
   * @param client how the administrator reaches Kafka: tenants reach it the same way
   */
  public TenantText(Look look, Map<String, Object> client) {
    this.look = look;
    this.server = server(client);
    this.encrypted = isEncrypted(client);
  }

  /** The configuration files of those who log in as the tenant's accounts. */
  public String created(Tenant tenant, Map<Account, Credentials> made) {
    StringBuilder text = new StringBuilder();
    if (made.isEmpty() || made.containsKey(Account.COLLECTOR)) {
      text.append("# /etc/wgwhy/collect.properties, on each host of ").append(tenant);
      text.append("\nbootstrap-server = ").append(server);
      text.append("\ntenant = ").append(tenant);
      text.append("\nnetwork = default\n");
      text.append(made.isEmpty() ? "" : "properties = /etc/wgwhy/kafka.properties\n");
    }
    if (made.containsKey(Account.COLLECTOR)) {
      text.append("\n# /etc/wgwhy/kafka.properties, beside it: root:wgwhy, mode 0640\n");
      settings(text, made.get(Account.COLLECTOR));
    }
    if (made.containsKey(Account.READER)) {
      text.append("\n# For wgwhy findings --properties FILE, and other readers: mode 0600\n");
      text.append("bootstrap.servers=").append(server).append('\n');
      settings(text, made.get(Account.READER));
    }
    return text.toString();
  }

  private void settings(StringBuilder text, Credentials credentials) {
    credentials
        .settings(encrypted)
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    if (encrypted) {
      text.append("# and ssl.truststore.* where your certificates are not signed publicly\n");
    }
  }

  /** One line for each. */
  public String list(List<Tenants.Known> known) {
    Table table =
        new Table(look, List.of("TENANT", "PARTITIONS", "ACCOUNTS", "RIGHTS", "IN KIB/S"));
    known.forEach(
        it ->
            table.row(
                isWell(it),
                List.of(
                    it.tenant().name(),
                    String.valueOf(it.partitions()),
                    accounts(it),
                    it.rights() + " of " + Tenants.allRights(it.tenant()),
                    rate(it, "producer_byte_rate"))));
    return known.isEmpty() ? "" : table.print();
  }

  /** All there is to say of one. */
  public String whole(Tenants.Known known) {
    Tenant tenant = known.tenant();
    StringBuilder text = new StringBuilder();
    text.append(look.paint(Look.Ink.BOLD, tenant.name())).append('\n');
    text.append("  facts     ").append(tenant.facts()).append(", ");
    text.append(known.partitions()).append(" partitions\n");
    text.append("  accounts  ").append(accounts(known)).append('\n');
    text.append("  rights    ").append(known.rights()).append(" of ");
    text.append(Tenants.allRights(tenant)).append('\n');
    known
        .quotas()
        .forEach(
            (account, quota) ->
                text.append("  quota     ")
                    .append(account.user(tenant))
                    .append(": ")
                    .append(quota)
                    .append('\n'));
    return text.toString();
  }

  /** Whether it has all that it should have; where nobody is kept apart that is its topics. */
  public static boolean isWell(Tenants.Known known) {
    boolean secured = known.rights() > 0 || !known.accounts().isEmpty();
    return known.partitions() == Topics.PARTITIONS
        && (!secured
            || (known.rights() == Tenants.allRights(known.tenant())
                && known.accounts().size() == Account.values().length));
  }

  /** For programs. */
  public static Map<String, Object> json(Tenants.Known known) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("tenant", known.tenant().name());
    json.put("partitions", known.partitions());
    json.put("accounts", known.accounts().stream().map(it -> it.user(known.tenant())).toList());
    json.put("rights", known.rights());
    json.put("allRights", Tenants.allRights(known.tenant()));
    Map<String, Object> quotas = new LinkedHashMap<>();
    known.quotas().forEach((account, quota) -> quotas.put(account.user(known.tenant()), quota));
    json.put("quotas", quotas);
    json.put("well", isWell(known));
    return json;
  }

  /** What was made, with the passwords, for programs that put them where they belong. */
  public static Map<String, Object> json(
      Tenant tenant, Map<String, Object> client, Map<Account, Credentials> made) {
    Map<String, Object> accounts = new LinkedHashMap<>();
    made.forEach(
        (account, it) ->
            accounts.put(
                account.name().toLowerCase(Locale.ROOT),
                Map.of(
                    "user",
                    it.user(),
                    "password",
                    it.password(),
                    "settings",
                    it.settings(isEncrypted(client)))));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("tenant", tenant.name());
    json.put("bootstrapServers", server(client));
    json.put("accounts", accounts);
    return json;
  }

  private static String accounts(Tenants.Known known) {
    return known.accounts().isEmpty()
        ? "none"
        : known.accounts().stream()
            .map(it -> it.user(known.tenant()))
            .collect(Collectors.joining(", "));
  }

  private static String rate(Tenants.Known known, String name) {
    Double rate = known.quotas().getOrDefault(Account.COLLECTOR, Map.of()).get(name);
    return rate == null ? "any" : String.valueOf(Math.round(rate / 1024));
  }

  private static String server(Map<String, Object> client) {
    return String.valueOf(client.get("bootstrap.servers"));
  }

  private static boolean isEncrypted(Map<String, Object> client) {
    return String.valueOf(client.get("security.protocol")).endsWith("SSL");
  }
}
