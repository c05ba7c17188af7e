package io.wgwhy.connectors.kafka;

import io.wgwhy.facts.Tenant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ResourceNotFoundException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.jspecify.annotations.Nullable;

/**
 * Tenants, as an administrator makes and removes them: topics, two accounts with their rights, and
 * quotas. What keeps tenants apart is Kafka's own: the brokers refuse, not we.
 */
public final class Tenants implements AutoCloseable {
  static final ScramMechanism MECHANISM = ScramMechanism.SCRAM_SHA_256;

  /** RFC 7677's least: passwords of 192 random bits need no stretching. */
  private static final int ITERATIONS = 4096;

  private final Admin admin;
  private final Topics topics;

  /** Kafka has no authorizer: nobody is kept from anything there. */
  public static final class NotSecured extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotSecured(Throwable cause) {
      super("this Kafka keeps nobody apart: it has no authorizer", cause);
    }
  }

  /** There is a facts topic that engines cannot share among them. */
  public static final class OtherPartitions extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OtherPartitions(Tenant tenant, int partitions) {
      super(
          "%s has %d partitions, and must have %d as all tenants' have"
              .formatted(tenant.facts(), partitions, Topics.PARTITIONS));
    }
  }

  /**
   * What is known of a tenant.
   *
   * @param partitions of its facts topic; 0 when it has none
   * @param accounts those that can log in
   * @param rights how many of those that it should have it has; 0 of 5 where nothing is secured
   * @param quotas by account, as far as there are any
   */
  public record Known(
      Tenant tenant,
      int partitions,
      Set<Account> accounts,
      int rights,
      Map<Account, Map<String, Double>> quotas) {}

  public Tenants(Map<String, Object> client) {
    this.admin = Admin.create(client);
    this.topics = new Topics(client);
  }

  /** The tenants that have a facts topic, by name. */
  public Set<Tenant> list() {
    var found = new TreeSet<Tenant>(Comparator.comparing(Tenant::name));
    Patience.await("list topics", admin.listTopics().names())
        .forEach(it -> Tenant.ofFactsTopic(it).ifPresent(found::add));
    return found;
  }

  /**
   * Makes a tenant's topics, accounts and quotas; what is there already stays, passwords excepted.
   *
   * @return how to log in: this is the only time that anybody can know
   * @throws NotSecured if the brokers keep nobody apart; nothing has been made then
   */
  public Map<Account, Credentials> create(Tenant tenant, Quota quota) {
    requireSecurity();
    createTopics(tenant);
    Map<Account, Credentials> credentials = rotate(tenant, Set.of(Account.values()));
    var rights = new ArrayList<AclBinding>();
    for (Account account : Account.values()) {
      rights.addAll(account.rights(tenant));
      limit(account.user(tenant), quota.values());
    }
    Patience.await("give rights to " + tenant, admin.createAcls(rights).all());
    return credentials;
  }

  /** Topics alone, for brokers that keep nobody apart. */
  public void createTopics(Tenant tenant) {
    int partitions = topics.partitions(tenant);
    if (partitions != 0 && partitions != Topics.PARTITIONS) {
      throw new OtherPartitions(tenant, partitions);
    }
    topics.create(tenant);
  }

  /**
   * Gives accounts new passwords. Who is connected stays so until the broker asks again ({@code
   * connections.max.reauth.ms}), or the connection ends.
   */
  public Map<Account, Credentials> rotate(Tenant tenant, Set<Account> accounts) {
    var made = new EnumMap<Account, Credentials>(Account.class);
    var changes = new ArrayList<UserScramCredentialAlteration>();
    for (Account account : accounts) {
      Credentials one = Credentials.random(account.user(tenant));
      made.put(account, one);
      changes.add(
          new UserScramCredentialUpsertion(
              one.user(), new ScramCredentialInfo(MECHANISM, ITERATIONS), one.password()));
    }
    Patience.await("set passwords of " + tenant, admin.alterUserScramCredentials(changes).all());
    return made;
  }

  /** What is known of a tenant; of one that there is not, that nothing is there. */
  public Known show(Tenant tenant) {
    var quotas = new EnumMap<Account, Map<String, Double>>(Account.class);
    Set<Account> accounts = EnumSet.noneOf(Account.class);
    int rights = 0;
    for (Account account : Account.values()) {
      String user = account.user(tenant);
      if (hasPassword(user)) {
        accounts.add(account);
      }
      Map<String, Double> quota = quota(user);
      if (!quota.isEmpty()) {
        quotas.put(account, quota);
      }
      rights += rights(account, tenant);
    }
    return new Known(tenant, topics.partitions(tenant), accounts, rights, quotas);
  }

  /** How many rights a tenant's accounts have when all is as it should be. */
  public static int allRights(Tenant tenant) {
    return Stream.of(Account.values()).mapToInt(it -> it.rights(tenant).size()).sum();
  }

  /**
   * Removes a tenant: first nobody can log in any more, then there is nothing left to see. What a
   * running engine remembers it forgets when it is started again.
   *
   * @return the topics that are gone
   */
  public Set<String> delete(Tenant tenant) {
    var passwords = new ArrayList<UserScramCredentialAlteration>();
    var rights = new ArrayList<AclBindingFilter>();
    for (Account account : Account.values()) {
      String user = account.user(tenant);
      if (hasPassword(user)) {
        passwords.add(new UserScramCredentialDeletion(user, MECHANISM));
      }
      rights.add(rightsOf(user));
      Map<String, Double> quota = quota(user);
      if (!quota.isEmpty()) {
        var none = new HashMap<String, @Nullable Double>();
        quota.keySet().forEach(it -> none.put(it, null));
        limit(user, none);
      }
    }
    if (!passwords.isEmpty()) {
      Patience.await(
          "remove passwords of " + tenant, admin.alterUserScramCredentials(passwords).all());
    }
    try {
      Patience.await("take rights from " + tenant, admin.deleteAcls(rights).all());
    } catch (KafkaException e) {
      if (!(e.getCause() instanceof SecurityDisabledException)) {
        throw e;
      }
    }
    return topics.delete(tenant);
  }

  @Override
  public void close() {
    topics.close();
    admin.close();
  }

  private void requireSecurity() {
    try {
      Patience.await("ask for rights", admin.describeAcls(AclBindingFilter.ANY).values());
    } catch (KafkaException e) {
      if (e.getCause() instanceof SecurityDisabledException) {
        throw new NotSecured(e);
      }
      throw e;
    }
  }

  private void limit(String user, Map<String, ? extends @Nullable Double> values) {
    var changes = new ArrayList<ClientQuotaAlteration.Op>();
    values.forEach((name, value) -> changes.add(new ClientQuotaAlteration.Op(name, value)));
    var entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, user));
    var change = List.of(new ClientQuotaAlteration(entity, changes));
    Patience.await("limit " + user, admin.alterClientQuotas(change).all());
  }

  private Map<String, Double> quota(String user) {
    var filter =
        ClientQuotaFilter.containsOnly(
            List.of(ClientQuotaFilterComponent.ofEntity(ClientQuotaEntity.USER, user)));
    return Patience.await(
            "ask for the quota of " + user, admin.describeClientQuotas(filter).entities())
        .values()
        .stream()
        .findFirst()
        .map(TreeMap::new)
        .orElseGet(TreeMap::new);
  }

  private boolean hasPassword(String user) {
    try {
      Patience.await(
          "ask for " + user, admin.describeUserScramCredentials(List.of(user)).description(user));
      return true;
    } catch (KafkaException e) {
      if (e.getCause() instanceof ResourceNotFoundException) {
        return false;
      }
      throw e;
    }
  }

  private int rights(Account account, Tenant tenant) {
    try {
      var given =
          Patience.await(
              "ask for rights of " + tenant,
              admin.describeAcls(rightsOf(account.user(tenant))).values());
      return (int) account.rights(tenant).stream().filter(given::contains).count();
    } catch (KafkaException e) {
      if (e.getCause() instanceof SecurityDisabledException) {
        return 0;
      }
      throw e;
    }
  }

  private static AclBindingFilter rightsOf(String user) {
    return new AclBindingFilter(
        ResourcePatternFilter.ANY,
        new AccessControlEntryFilter(
            "User:" + user, null, AclOperation.ANY, AclPermissionType.ANY));
  }
}
