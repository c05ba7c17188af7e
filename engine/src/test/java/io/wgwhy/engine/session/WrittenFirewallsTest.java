package io.wgwhy.engine.session;

import static io.wgwhy.engine.session.PacketFilterTest.ends;
import static io.wgwhy.engine.session.Rules.base;
import static io.wgwhy.engine.session.Rules.chain;
import static io.wgwhy.engine.session.Rules.iptables;
import static io.wgwhy.engine.session.Rules.nft;
import static io.wgwhy.facts.Ruleset.Action.ACCEPT;
import static io.wgwhy.facts.Ruleset.Action.DROP;
import static io.wgwhy.facts.Ruleset.Action.MASQUERADE;
import static io.wgwhy.facts.Ruleset.Action.REJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Chain;
import io.wgwhy.facts.Ruleset.Hook;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rulesets as tools write them, and an initiation that comes in. */
class WrittenFirewallsTest {

  @Test
  void ufw_lets_in_what_it_was_told_to() {
    assertThat(ends(ufw("proto udp; dport 51820; accept"))).containsOnly(ACCEPT);
  }

  @Test
  void ufw_drops_what_it_was_not_told_of() {
    assertThat(ends(ufw("proto tcp; dport 22; accept"))).containsOnly(DROP);
  }

  private static Ruleset ufw(String rule) {
    return iptables(
        base("ip", "filter", Hook.INPUT, 0, DROP, "jump ufw-before-input", "jump ufw-after-input"),
        ip(
            "ufw-before-input",
            "iif lo; accept",
            "state established,related; accept",
            "state invalid; jump ufw-logging-deny",
            "state invalid; drop",
            "proto icmp; icmp-type 8; accept",
            "proto udp; sport 67; dport 68; accept",
            "jump ufw-not-local",
            "proto udp; daddr 224.0.0.251; dport 5353; accept",
            "jump ufw-user-input"),
        ip(
            "ufw-not-local",
            "dtype local; return",
            "dtype multicast; return",
            "dtype broadcast; return",
            "limit 3/min; jump ufw-logging-deny",
            "drop"),
        ip("ufw-user-input", rule),
        ip("ufw-logging-deny", "limit 3/min; continue"),
        ip("ufw-after-input", "proto udp; dport 137; return"));
  }

  private static Chain ip(String name, String... rules) {
    Chain chain = chain(name, rules);
    return new Chain("ip", "t", chain.name(), null, null, null, null, null, chain.rules());
  }

  @Test
  void firewalld_looks_into_the_zone_of_the_device() {
    assertThat(ends(firewalld("dport 51820; proto udp; accept"))).containsOnly(ACCEPT);
    assertThat(ends(firewalld("dport 22; proto tcp; accept"))).containsOnly(REJECT);
  }

  private static Ruleset firewalld(String rule) {
    return nft(
        base(
            "inet",
            "filter",
            Hook.INPUT,
            10,
            ACCEPT,
            "state established,related; accept",
            "state invalid; drop",
            "iif lo; accept",
            "jump zones",
            "reject"),
        chain("zones", "iif wg0; goto trusted", "iif eth0; goto public", "goto public"),
        chain("trusted", "accept"),
        chain("public", "jump public_deny", "jump public_allow", "proto icmp; accept"),
        chain("public_deny"),
        chain("public_allow", rule));
  }

  @Test
  void docker_drops_what_it_forwards_between_strangers() {
    Ruleset docker =
        iptables(
            base(
                "ip",
                "filter",
                Hook.FORWARD,
                0,
                DROP,
                "jump DOCKER-USER",
                "oif docker0; state related,established; accept",
                "oif docker0; jump DOCKER",
                "iif docker0; ! oif docker0; accept"),
            ip("DOCKER-USER", "return"),
            ip("DOCKER", "! iif docker0; oif docker0; drop"));
    Packet out =
        new Packet("ip", "wg0", "eth0", null, "10.66.66.2", null, "192.0.2.80", null, "new");
    assertThat(PacketFilter.filter(docker, out, Hook.FORWARD))
        .extracting(PacketFilter.Outcome::action)
        .containsOnly(DROP);
  }

  @Test
  void nat_translates_what_leaves_by_the_device() {
    Ruleset nat = nft(base("ip", "nat", Hook.POSTROUTING, 100, ACCEPT, "oif eth0; masquerade"));
    assertThat(leaving(nat, "eth0")).containsOnly(MASQUERADE);
    assertThat(leaving(nat, "ens3")).containsOnly(ACCEPT);
  }

  private static List<Action> leaving(Ruleset nat, String device) {
    Packet out =
        new Packet("ip", "wg0", device, null, "10.66.66.2", null, "192.0.2.80", null, "new");
    return PacketFilter.translate(nat, out, Hook.POSTROUTING).stream()
        .map(PacketFilter.Outcome::action)
        .toList();
  }
}
