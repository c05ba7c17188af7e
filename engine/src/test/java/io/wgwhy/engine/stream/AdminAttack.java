package io.wgwhy.engine.stream;

import io.wgwhy.facts.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What somebody with an account tries by an administrator's client. */
record AdminAttack(String says, Way way) {

  /** How. */
  @FunctionalInterface
  interface Way {
    KafkaFuture<?> begin(Admin admin, Tenant victim);
  }

  static final List<AdminAttack> ALL =
      List.of(
          new AdminAttack(
              "describe another tenant's topic",
              (it, victim) -> it.describeTopics(List.of(victim.facts())).allTopicNames()),
          new AdminAttack(
              "delete another tenant's topic",
              (it, victim) -> it.deleteTopics(List.of(victim.facts())).all()),
          new AdminAttack(
              "delete another tenant's records",
              (it, victim) ->
                  it.deleteRecords(
                          Map.of(
                              new TopicPartition(victim.facts(), 0),
                              RecordsToDelete.beforeOffset(1)))
                      .all()),
          new AdminAttack(
              "change another tenant's topic",
              (it, victim) ->
                  it.incrementalAlterConfigs(
                          Map.of(
                              new ConfigResource(ConfigResource.Type.TOPIC, victim.facts()),
                              List.of(
                                  new AlterConfigOp(
                                      new ConfigEntry("retention.ms", "1"),
                                      AlterConfigOp.OpType.SET))))
                      .all()),
          new AdminAttack(
              "make a topic that an engine would read",
              (it, victim) ->
                  it.createTopics(
                          List.of(
                              new NewTopic("wgwhy.evil.facts", Optional.of(99), Optional.empty())))
                      .all()),
          new AdminAttack("give itself rights", (it, victim) -> it.createAcls(everything()).all()),
          new AdminAttack(
              "see who has which rights",
              (it, victim) -> it.describeAcls(AclBindingFilter.ANY).values()),
          new AdminAttack(
              "set another tenant's password",
              (it, victim) ->
                  it.alterUserScramCredentials(
                          List.of(
                              new UserScramCredentialUpsertion(
                                  victim + ".reader",
                                  new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096),
                                  "mine now")))
                      .all()),
          new AdminAttack(
              "lift its own quota", (it, victim) -> it.alterClientQuotas(List.of(lifted())).all()),
          new AdminAttack(
              "see how far the engine is",
              (it, victim) ->
                  it.listConsumerGroupOffsets("wgwhy-engine").partitionsToOffsetAndMetadata()));

  Object on(Map<String, Object> client, Tenant victim) throws Exception {
    try (var admin = Admin.create(client)) {
      return way.begin(admin, victim).get();
    }
  }

  private static List<AclBinding> everything() {
    return List.of(
        new AclBinding(
            new ResourcePattern(ResourceType.TOPIC, "wgwhy", PatternType.PREFIXED),
            new AccessControlEntry(
                "User:acme.reader", "*", AclOperation.ALL, AclPermissionType.ALLOW)));
  }

  private static ClientQuotaAlteration lifted() {
    return new ClientQuotaAlteration(
        new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, "acme.collector")),
        List.of(new ClientQuotaAlteration.Op("producer_byte_rate", 1e12)));
  }
}
