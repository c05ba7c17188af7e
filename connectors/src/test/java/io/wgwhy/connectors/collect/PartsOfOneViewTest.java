package io.wgwhy.connectors.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Chain;
import java.util.List;
import org.junit.jupiter.api.Test;

/** People show filter and nat one after the other; neither takes the place of the other. */
class PartsOfOneViewTest {
  private static final String FILTER =
      """
      # iptables -S
      -P INPUT ACCEPT
      -P FORWARD DROP
      -P OUTPUT ACCEPT
      -A FORWARD -i docker0 -j ACCEPT
      """;

  private static final String NAT =
      """
      # iptables -t nat -S POSTROUTING
      -P POSTROUTING ACCEPT
      -A POSTROUTING -s 10.8.0.0/24 -o eth0 -j MASQUERADE
      """;

  private static List<Ruleset> rulesets(String text) {
    return Paste.read(text, "srv", 1795350600).pieces().stream()
        .flatMap(
            it -> new Parsers(Secrets.withoutTenantKey()).parse(it.observation()).facts().stream())
        .filter(Ruleset.class::isInstance)
        .map(Ruleset.class::cast)
        .toList();
  }

  private static List<String> chains(Ruleset ruleset) {
    return ruleset.chains().stream().map(it -> it.table() + " " + it.name()).toList();
  }

  private static Chain chain(Ruleset ruleset, String name) {
    return ruleset.chains().stream().filter(it -> it.name().equals(name)).findAny().orElseThrow();
  }

  @Test
  void tables_that_are_shown_one_after_the_other_are_one_ruleset() {
    List<Ruleset> found = rulesets(FILTER + "# sysctl net.ipv4.ip_forward\n" + NAT);
    assertThat(found).hasSize(1);
    assertThat(chains(found.get(0)))
        .containsExactlyInAnyOrder(
            "filter INPUT", "filter FORWARD", "filter OUTPUT", "nat POSTROUTING");
    assertThat(chain(found.get(0), "FORWARD").policy()).isEqualTo(Ruleset.Action.DROP);
    assertThat(found.get(0).complete().no()).isTrue();
    assertThat(rulesets(NAT + FILTER).get(0).chains())
        .containsExactlyInAnyOrderElementsOf(found.get(0).chains());
  }

  @Test
  void so_are_lists_for_people_and_single_chains() {
    String lists =
        """
        $ sudo iptables -L FORWARD -n -v
        Chain FORWARD (policy DROP 12 packets, 1008 bytes)
         pkts bytes target     prot opt in     out     source               destination
        $ sudo iptables -t nat -L POSTROUTING -n -v
        Chain POSTROUTING (policy ACCEPT 3 packets, 201 bytes)
         pkts bytes target     prot opt in     out     source               destination
           55  3310 MASQUERADE  all  --  *      eth0    10.8.0.0/24          0.0.0.0/0
        """;
    List<Ruleset> found = rulesets(lists);
    assertThat(found).hasSize(1);
    assertThat(chains(found.get(0))).containsExactly("filter FORWARD", "nat POSTROUTING");
    assertThat(chain(found.get(0), "POSTROUTING").rules()).hasSize(1);
  }

  @Test
  void a_chain_by_itself_calls_others_that_may_be_shown_next() {
    Ruleset found =
        rulesets(
                """
                # iptables -S FORWARD
                -P FORWARD DROP
                -A FORWARD -j DOCKER-USER
                -A FORWARD -j DOCKER-FORWARD
                # iptables -S DOCKER-USER
                -N DOCKER-USER
                -A DOCKER-USER -j RETURN
                """)
            .get(0);
    assertThat(chain(found, "FORWARD").rules())
        .extracting(Ruleset.Rule::action, Ruleset.Rule::target)
        .containsExactly(
            tuple(Ruleset.Action.JUMP, "DOCKER-USER"),
            tuple(Ruleset.Action.JUMP, "DOCKER-FORWARD"));
    assertThat(chain(found, "DOCKER-USER").rules()).hasSize(1);
  }

  @Test
  void what_is_shown_again_is_as_it_was_last() {
    String again = FILTER.replace("FORWARD DROP", "FORWARD ACCEPT");
    Ruleset last = rulesets(FILTER + again).get(0);
    assertThat(chain(last, "FORWARD").policy()).isEqualTo(Ruleset.Action.ACCEPT);
    assertThat(chain(last, "FORWARD").rules()).hasSize(1);
  }

  @Test
  void some_lines_of_it_do_not_take_the_place_of_all() {
    Ruleset all =
        rulesets(FILTER + "# iptables -S | grep 10.8\n-A FORWARD -s 10.8.0.0/24 -j ACCEPT\n" + NAT)
            .get(0);
    assertThat(chain(all, "FORWARD").policy()).isEqualTo(Ruleset.Action.DROP);
  }

  @Test
  void the_other_family_is_another_ruleset() {
    assertThat(rulesets(FILTER + NAT + FILTER.replace("iptables", "ip6tables")))
        .extracting(Ruleset::tool)
        .containsExactlyInAnyOrder(Ruleset.Tool.IPTABLES, Ruleset.Tool.IP6TABLES);
  }

  @Test
  void a_whole_ruleset_says_more_than_its_parts() {
    String whole =
        """
        # iptables-save
        *filter
        :INPUT ACCEPT [0:0]
        :FORWARD ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        COMMIT
        """;
    List<Ruleset> found = rulesets(whole + NAT);
    assertThat(found).hasSize(2);
    assertThat(chains(found.get(1))).contains("filter FORWARD");
  }
}
