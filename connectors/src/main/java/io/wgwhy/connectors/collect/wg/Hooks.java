package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.facts.WgConfig.Effect;
import io.wgwhy.facts.WgConfig.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the commands of PostUp and its like do, as far as it matters here. */
final class Hooks {
  private static final Pattern FORWARDING_ON =
      Pattern.compile(
          "ip_forward\\s*=\\s*1|echo\\s+[\"']?1[\"']?\\s*>\\s*/proc/sys/net/ipv4/ip_forward");

  private Hooks() {}

  /** A hook for each command of the line. */
  static List<Hook> of(String phase, String line, String iface) {
    List<Hook> hooks = new ArrayList<>();
    for (String piece : CommandLine.pieces(line.replace("%i", iface))) {
      CommandLine command = CommandLine.of(piece);
      Effect effect = effect(command, piece, phase.endsWith("Up"));
      hooks.add(new Hook(phase, effect, device(command, effect)));
    }
    return hooks;
  }

  private static Effect effect(CommandLine command, String text, boolean up) {
    if (FORWARDING_ON.matcher(text).find()) {
      return Effect.IP_FORWARD_ON;
    }
    return switch (command.program()) {
      // ip6tables masquerades and accepts, too, but IPv4 is what is asked about here.
      case "iptables", "iptables-nft", "iptables-legacy" -> iptables(command, text, up);
      case "nft" ->
          text.contains("masquerade")
              ? Effect.MASQUERADE
              : text.contains("maxseg") ? Effect.MSS_CLAMP : Effect.OTHER;
      case "ufw" ->
          command.has("route", "allow")
              ? Effect.FORWARD_ACCEPT
              : command.has("allow") ? Effect.INPUT_ACCEPT : Effect.OTHER;
      case "firewall-cmd" ->
          text.contains("--add-masquerade")
              ? Effect.MASQUERADE
              : text.contains("--add-port") ? Effect.INPUT_ACCEPT : Effect.OTHER;
      case "ip" ->
          text.matches("(?s).*\\b(?:route|rule|ro|ru|r)\\b.*")
              ? Effect.ROUTE_OR_RULE
              : Effect.OTHER;
      case "route" -> Effect.ROUTE_OR_RULE;
      default -> Effect.OTHER;
    };
  }

  private static Effect iptables(CommandLine command, String text, boolean up) {
    boolean deletes = command.has("-D") || command.has("--delete");
    if (up && deletes) {
      return Effect.OTHER;
    }
    if (command.has("-j", "MASQUERADE") || command.has("-j", "SNAT")) {
      return Effect.MASQUERADE;
    }
    if (text.contains("TCPMSS")) {
      return Effect.MSS_CLAMP;
    }
    boolean accepts = command.has("-j", "ACCEPT") || command.has("-P", "FORWARD", "ACCEPT");
    if (accepts && command.has("FORWARD")) {
      return Effect.FORWARD_ACCEPT;
    }
    return accepts && command.has("INPUT") ? Effect.INPUT_ACCEPT : Effect.OTHER;
  }

  private static @Nullable String device(CommandLine command, Effect effect) {
    List<String> options =
        switch (effect) {
          case MASQUERADE, MSS_CLAMP -> List.of("-o", "--out-interface", "oifname", "oif");
          case FORWARD_ACCEPT, INPUT_ACCEPT ->
              List.of("-i", "--in-interface", "-o", "iifname", "on");
          case ROUTE_OR_RULE -> List.of("dev");
          default -> List.of();
        };
    List<String> words = command.arguments();
    for (String option : options) {
      int at = words.indexOf(option);
      boolean inverted = at > 0 && words.get(at - 1).equals("!");
      if (at >= 0 && at + 1 < words.size() && !inverted) {
        // ufw: "in on wg0".
        Matcher name = Pattern.compile("[A-Za-z0-9_=+.-]{1,15}").matcher(words.get(at + 1));
        return name.matches() ? name.group() : null;
      }
    }
    return null;
  }
}
