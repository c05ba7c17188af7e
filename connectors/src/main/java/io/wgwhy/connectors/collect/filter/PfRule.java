package io.wgwhy.connectors.collect.filter;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.Services;
import io.wgwhy.facts.Ruleset;
import io.wgwhy.facts.Ruleset.Action;
import io.wgwhy.facts.Ruleset.Field;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A filter rule of pf, as pfctl prints it.
 *
 * @param verdict {@code pass}, {@code block drop}, {@code block return}, …
 * @param outwards whether it is only for what leaves
 * @param rest all behind {@code quick}
 */
record PfRule(String verdict, boolean outwards, boolean quick, String rest) {
  private static final Pattern ON = Pattern.compile(" on (! )?([\\w.-]{1,15})\\b");
  private static final Pattern PROTOCOL = Pattern.compile(" proto ([\\w-]{1,20})");
  private static final Pattern FROM =
      Pattern.compile(" from (! )?(\\S{1,100})(?: port (.{1,30}?))? to ");
  private static final Pattern TO =
      Pattern.compile(" to (! )?(\\S{1,100})(?: port ([^a-z]\\S* ?\\S*))?");

  /** Of what was said of a packet before, or of who owns it. */
  private static final Pattern OTHER =
      Pattern.compile(" (tagged|user|group|probability|received-on|os|icmp-type|icmp6-type) ");

  /** Tunnels, loopback and what stands for them on OPNsense. */
  private static final Pattern INNER_DEVICE =
      Pattern.compile(
          "(?:lo|enc|wg|tun_wg|tun|tap|ovpn[sc]|gif|ipsec|bridge)\\d*|[Ww]ire[Gg]uard|openvpn");

  static PfRule of(Matcher line) {
    return new PfRule(
        line.group(1),
        "out".equals(line.group(2)),
        line.group(3) != null,
        " " + line.group(4).strip() + " ");
  }

  boolean passes() {
    return verdict.equals("pass");
  }

  /** The one device that it is for; null when it is for all, or all but one. */
  @Nullable String device() {
    Matcher on = ON.matcher(rest);
    return on.find() && on.group(1) == null ? on.group(2) : null;
  }

  /** A gateway to reply by, the provider's DHCP, addresses that nobody routes: so speaks a WAN. */
  boolean facesWorld() {
    String device = device();
    return "egress".equals(device)
        || rest.contains(" reply-to (" + device + " ")
        || rest.matches(".* port = (?:bootps|67) to \\S+ port = (?:bootpc|68) .*")
        || rest.contains(" from <bogons");
  }

  boolean isOfOwnNetwork() {
    Matcher from = FROM.matcher(rest);
    String device = String.valueOf(device());
    return INNER_DEVICE.matcher(device).matches()
        || (passes()
            && from.find()
            && (from.group(2).equals("(" + device + ":network)") || isPrivate(from.group(2))));
  }

  private static boolean isPrivate(String prefix) {
    return prefix.matches("(?:10|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\.[\\d./]+");
  }

  /**
   * @param outside the devices that face the world; empty when nobody can tell
   */
  Ruleset.Rule rule(Set<String> outside) {
    RuleDraft draft = new RuleDraft();
    device(draft, outside);
    if (rest.contains(" inet ")) {
      draft.match(Field.FAMILY, false, List.of("ip"));
    } else if (rest.contains(" inet6 ")) {
      draft.match(Field.FAMILY, false, List.of("ip6"));
    }
    Matcher protocol = PROTOCOL.matcher(rest);
    if (protocol.find()) {
      draft.match(Field.PROTOCOL, false, List.of(Services.protocol(protocol.group(1))));
    }
    Matcher from = FROM.matcher(rest);
    if (from.find()) {
      address(draft, Field.SOURCE_ADDRESS, from.group(1) != null, from.group(2), outside);
      port(draft, Field.SOURCE_PORT, from.group(3));
      Matcher to = TO.matcher(rest);
      if (to.find(from.end() - " to ".length())) {
        address(draft, Field.DESTINATION_ADDRESS, to.group(1) != null, to.group(2), outside);
        port(draft, Field.DESTINATION_PORT, to.group(3));
      }
    } else if (!rest.contains(" all ") && !rest.isBlank()) {
      draft.other("from");
    }
    Matcher other = OTHER.matcher(rest);
    if (other.find()) {
      draft.other(other.group(1));
    }
    draft.verdict(
        passes() ? Action.ACCEPT : verdict.contains("return") ? Action.REJECT : Action.DROP, null);
    return draft.rule();
  }

  private void device(RuleDraft draft, Set<String> outside) {
    Matcher on = ON.matcher(rest);
    if (!on.find()) {
      return;
    }
    String device = on.group(2);
    boolean faces = outside.contains(device);
    if (faces || !outside.isEmpty() || isOfOwnNetwork()) {
      draft.match(
          Field.INPUT_DEVICE, on.group(1) != null, List.of(faces ? Ruleset.OUTSIDE : device));
    } else {
      draft.other("device");
    }
  }

  private static void address(
      RuleDraft draft, Field field, boolean inverted, String address, Set<String> outside) {
    boolean own =
        field == Field.DESTINATION_ADDRESS
            && !inverted
            && (address.equals("(self)")
                || outside.stream()
                    .anyMatch(it -> address.matches("\\(" + Pattern.quote(it) + "(?::0)?\\)")));
    if (address.equals("any") || own) {
      return;
    }
    if (Cidr.isPrefix(address) || Cidr.isAddress(address)) {
      draft.match(field, inverted, List.of(address));
    } else {
      // A table, the network of a device, a name: nobody knows its addresses.
      draft.other(field == Field.SOURCE_ADDRESS ? "source" : "destination");
    }
  }

  private static void port(RuleDraft draft, Field field, @Nullable String said) {
    if (said == null) {
      return;
    }
    String ports = Services.ports(said.replaceFirst("^= ", "").strip(), ':');
    if (ports == null) {
      draft.other("ports");
    } else {
      draft.match(field, false, List.of(ports));
    }
  }
}
