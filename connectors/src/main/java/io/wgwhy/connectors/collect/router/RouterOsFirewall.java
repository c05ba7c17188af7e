package io.wgwhy.connectors.collect.router;

import io.wgwhy.connectors.collect.filter.ChainDraft;
import io.wgwhy.connectors.collect.filter.RuleDraft;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.connectors.collect.router.RouterOsEntries.Entry;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Field;
import io.wgwhy.facts.Ruleset.Hook;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The packet filter and the source NAT of a RouterOS export (help.mikrotik.com, "Filter", "NAT").
 * Devices that lead outside become {@link Ruleset#OUTSIDE}.
 *
 * <pre>
 * /interface list member
 * add interface=bridge list=LAN
 * /ip firewall filter
 * add action=drop chain=input in-interface-list=!LAN
 * add action=accept chain=input dst-port=13231 protocol=udp
 * </pre>
 */
final class RouterOsFirewall {
  private static final String LAN = "lan";

  /** What a printed or exported rule says without narrowing what it holds for. */
  private static final Set<String> NO_MATCH =
      Set.of(
          "action",
          "chain",
          "comment",
          "log",
          "log-prefix",
          "disabled",
          "jump-target",
          "reject-with",
          "hw-offload",
          "to-addresses",
          "to-ports",
          "place-before",
          "bytes",
          "packets");

  private static final Pattern OUTSIDE_DEVICE = Pattern.compile("(?:pppoe|lte|wwan|ppp)[\\w-]*");

  private final List<Entry> entries;
  private final Map<String, Set<String>> lists = new LinkedHashMap<>();
  private final Set<String> outside = new HashSet<>();
  private final Set<String> tunnels = new HashSet<>();

  private RouterOsFirewall(List<Entry> entries) {
    this.entries = entries;
    Set<String> composed = new HashSet<>();
    for (Entry entry : entries) {
      switch (entry.menu()) {
        case "interface list" -> {
          if (entry.has("include") || entry.has("exclude")) {
            composed.add(entry.get("name"));
          }
        }
        case "interface list member" -> {
          if (!entry.disabled()) {
            lists
                .computeIfAbsent(entry.get("list"), unseen -> new HashSet<>())
                .add(entry.get("interface"));
          }
        }
        case "interface wireguard" -> tunnels.add(entry.get("name"));
        case "ip dhcp-client" -> leadsOutside(entry, "interface");
        case "ip firewall nat" -> {
          // What is translated for one destination only is a way back into the own network.
          String only = entry.get("dst-address");
          boolean hairpin = !only.isEmpty() && !only.startsWith("!");
          if (entry.get("action").equals("masquerade") && !hairpin) {
            leadsOutside(entry, "out-interface");
          }
        }
        default -> {}
      }
    }
    outside.addAll(lists.getOrDefault("WAN", Set.of()));
    outside.removeAll(tunnels);
    // Who else is in it, or is not, other lists tell.
    lists.keySet().removeAll(composed);
  }

  private void leadsOutside(Entry entry, String property) {
    String device = entry.get(property);
    if (!entry.disabled() && !device.isEmpty() && !device.startsWith("!")) {
      outside.add(device);
    }
  }

  static boolean isOf(Entry entry) {
    return entry.menu().matches("ip firewall (?:filter|nat)");
  }

  /** The rules among the entries; null when there is none. */
  static @Nullable Ruleset of(List<Entry> entries, Observation observation) {
    return entries.stream().anyMatch(RouterOsFirewall::isOf)
        ? new RouterOsFirewall(entries).ruleset(observation)
        : null;
  }

  private Ruleset ruleset(Observation observation) {
    Map<String, ChainDraft> chains = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (isOf(entry) && !entry.disabled()) {
        boolean nat = entry.menu().endsWith("nat");
        String name = Word.of(entry.get("chain"));
        ChainDraft chain =
            chains.computeIfAbsent(
                entry.menu() + "/" + name, unseen -> chain(nat ? "nat" : "filter", name));
        chain.add(rule(entry));
      }
    }
    return new Ruleset(
        observation.host(),
        observation.atMillis(),
        Ruleset.Tool.ROUTER,
        Answer.NO,
        chains.values().stream().map(ChainDraft::chain).toList());
  }

  private static ChainDraft chain(String table, String name) {
    ChainDraft chain = new ChainDraft("ip", table, name);
    Hook hook =
        switch (table + "/" + name) {
          case "filter/input" -> Hook.INPUT;
          case "filter/forward" -> Hook.FORWARD;
          case "filter/output" -> Hook.OUTPUT;
          case "nat/srcnat" -> Hook.POSTROUTING;
          case "nat/dstnat" -> Hook.PREROUTING;
          default -> null;
        };
    if (hook != null) {
      chain.base(table, hook, 0);
      // Nothing is dropped that no rule drops.
      chain.policy(Action.ACCEPT, null);
    }
    return chain;
  }

  private Ruleset.Rule rule(Entry entry) {
    RuleDraft rule = new RuleDraft();
    entry.properties().forEach((property, value) -> match(rule, property, value));
    String target = entry.get("jump-target");
    switch (entry.get("action")) {
      case "", "accept" -> rule.verdict(Action.ACCEPT, null);
      case "drop", "tarpit" -> rule.verdict(Action.DROP, null);
      case "reject" -> rule.verdict(Action.REJECT, null);
      case "jump" -> rule.verdict(Action.JUMP, Word.of(target));
      case "return" -> rule.verdict(Action.RETURN, null);
      case "masquerade" -> rule.verdict(Action.MASQUERADE, null);
      case "src-nat", "netmap" -> rule.verdict(Action.SNAT, null);
      case "dst-nat" -> rule.verdict(Action.DNAT, null);
      case "redirect" -> rule.verdict(Action.REDIRECT, null);
      // Marks a connection for the fast path; a rule that accepts it follows.
      case "fasttrack-connection",
          "log",
          "passthrough",
          "add-src-to-address-list",
          "add-dst-to-address-list" -> {}
      default -> rule.strange("action");
    }
    return rule.rule();
  }

  private void match(RuleDraft rule, String property, String written) {
    boolean inverted = written.startsWith("!");
    String value = inverted ? written.substring(1) : written;
    List<String> values = List.of(value.split(","));
    switch (property) {
      case "protocol" -> rule.match(Field.PROTOCOL, inverted, values);
      case "dst-port" -> rule.match(Field.DESTINATION_PORT, inverted, values);
      case "src-port" -> rule.match(Field.SOURCE_PORT, inverted, values);
      case "connection-state" -> rule.match(Field.CONNECTION_STATE, inverted, values);
      case "src-address" -> rule.match(Field.SOURCE_ADDRESS, inverted, values);
      case "dst-address" -> rule.match(Field.DESTINATION_ADDRESS, inverted, values);
      case "in-interface" -> device(rule, Field.INPUT_DEVICE, inverted, value);
      case "out-interface" -> device(rule, Field.OUTPUT_DEVICE, inverted, value);
      case "in-interface-list" -> devices(rule, Field.INPUT_DEVICE, inverted, value);
      case "out-interface-list" -> devices(rule, Field.OUTPUT_DEVICE, inverted, value);
      case "dst-address-type" -> rule.match(Field.DESTINATION_TYPE, inverted, values);
      case "ipsec-policy" -> {
        if (inverted || !value.endsWith("none")) {
          rule.other("ipsec");
        }
      }
      // New connections are no part of a destination NAT here.
      case "connection-nat-state" -> {
        if (!written.equals("!dstnat")) {
          rule.other("nat");
        }
      }
      default -> {
        if (!NO_MATCH.contains(property)) {
          rule.other(property);
        }
      }
    }
  }

  /** A name that begins with all- stands for every device of a kind. */
  private void device(RuleDraft rule, Field field, boolean inverted, String name) {
    rule.match(field, inverted, name.startsWith("all-") ? null : List.of(device(name)));
  }

  private String device(String name) {
    boolean leads = outside.contains(name) || OUTSIDE_DEVICE.matcher(name).matches();
    // The default configuration has ether1 outside and the others in a bridge.
    boolean first = outside.isEmpty() && name.equals("ether1");
    return leads || first ? Ruleset.OUTSIDE : Word.of(name);
  }

  private void devices(RuleDraft rule, Field field, boolean inverted, String list) {
    Set<String> members = lists.get(list);
    if (members != null && members.size() > RuleDraft.MOST_VALUES) {
      rule.other("list");
    } else if (members != null && !members.isEmpty()) {
      rule.match(field, inverted, members.stream().map(this::device).distinct().sorted().toList());
    } else if (list.equals("WAN")) {
      rule.match(field, inverted, List.of(Ruleset.OUTSIDE));
    } else if (list.equals("LAN")) {
      // Whether the tunnel was put into it is not shown: outside is not in it.
      rule.match(
          field,
          inverted,
          tunnels.size() >= RuleDraft.MOST_VALUES
              ? null
              : Stream.concat(Stream.of(LAN), tunnels.stream().sorted()).toList());
    } else if (list.equals("all")) {
      if (inverted) {
        rule.other("none");
      }
    } else {
      rule.other("list");
    }
  }
}
