package io.wgwhy.facts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Something that was true of one host at one moment. In JSON its type is the {@code kind}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Addresses.class, name = "addresses"),
  @JsonSubTypes.Type(value = BringUp.class, name = "bring-up"),
  @JsonSubTypes.Type(value = Capture.class, name = "capture"),
  @JsonSubTypes.Type(value = ClockState.class, name = "clock-state"),
  @JsonSubTypes.Type(value = CommandFailure.class, name = "command-failure"),
  @JsonSubTypes.Type(value = ConntrackFlows.class, name = "conntrack-flows"),
  @JsonSubTypes.Type(value = Heartbeat.class, name = "heartbeat"),
  @JsonSubTypes.Type(value = HostClock.class, name = "host-clock"),
  @JsonSubTypes.Type(value = Links.class, name = "links"),
  @JsonSubTypes.Type(value = NameLookup.class, name = "name-lookup"),
  @JsonSubTypes.Type(value = Neighbours.class, name = "neighbours"),
  @JsonSubTypes.Type(value = NetworkCounters.class, name = "network-counters"),
  @JsonSubTypes.Type(value = NotTakenIn.class, name = "not-taken-in"),
  @JsonSubTypes.Type(value = Probe.class, name = "probe"),
  @JsonSubTypes.Type(value = ProviderRules.class, name = "provider-rules"),
  @JsonSubTypes.Type(value = PublicAddress.class, name = "public-address"),
  @JsonSubTypes.Type(value = PublishedPorts.class, name = "published-ports"),
  @JsonSubTypes.Type(value = Resolver.class, name = "resolver"),
  @JsonSubTypes.Type(value = RouteLookup.class, name = "route-lookup"),
  @JsonSubTypes.Type(value = Routes.class, name = "routes"),
  @JsonSubTypes.Type(value = RoutingRules.class, name = "routing-rules"),
  @JsonSubTypes.Type(value = Ruleset.class, name = "ruleset"),
  @JsonSubTypes.Type(value = SysctlFiles.class, name = "sysctl-files"),
  @JsonSubTypes.Type(value = Sysctls.class, name = "sysctls"),
  @JsonSubTypes.Type(value = UdpSockets.class, name = "udp-sockets"),
  @JsonSubTypes.Type(value = WgConfig.class, name = "wg-config"),
  @JsonSubTypes.Type(value = WgInterface.class, name = "wg-interface"),
  @JsonSubTypes.Type(value = WgInventory.class, name = "wg-inventory"),
  @JsonSubTypes.Type(value = WgLog.class, name = "wg-log"),
  @JsonSubTypes.Type(value = WgPeer.class, name = "wg-peer"),
})
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Fact
    permits Addresses,
        BringUp,
        Capture,
        ClockState,
        CommandFailure,
        ConntrackFlows,
        Heartbeat,
        HostClock,
        Links,
        NameLookup,
        Neighbours,
        NetworkCounters,
        NotTakenIn,
        Probe,
        ProviderRules,
        PublicAddress,
        PublishedPorts,
        Resolver,
        RouteLookup,
        Routes,
        RoutingRules,
        Ruleset,
        SysctlFiles,
        Sysctls,
        UdpSockets,
        WgConfig,
        WgInterface,
        WgInventory,
        WgLog,
        WgPeer {

  /** The host it was seen on. */
  String host();

  /**
   * When it was seen, ms since the epoch, on the timeline that all hosts share: the receiver's
   * clock where it was noted, else the host's own.
   */
  long at();

  /**
   * What it is about, unique within a network: two facts of one identity are an older and a newer
   * state of the same thing.
   */
  @JsonIgnore
  String identity();
}
