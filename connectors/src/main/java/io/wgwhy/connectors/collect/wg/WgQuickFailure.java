package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.Failures;
import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.BringUp.Failure;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a step failed, by the words of the program that failed: wg (config.c, setconf.c), wg-quick
 * (linux.bash), ip (RTNETLINK), iptables, nft, sysctl, resolvconf.
 */
record WgQuickFailure(Failure failure, @Nullable String tool, @Nullable String subject) {

  /**
   * @param step which commands it is about, as a pattern; empty for all
   * @param own whether it is only about wg-quick's own commands, not about hooks
   * @param text the words; its first group, if it has one, is the subject
   */
  private record Sign(Failure failure, boolean own, Pattern step, Pattern text) {
    static Sign of(Failure failure, boolean own, String step, String text) {
      return new Sign(
          failure, own, Pattern.compile(step), Pattern.compile(text, Pattern.MULTILINE));
    }
  }

  private static final String UNSUPPORTED =
      "Operation not supported|Address family not supported|Not supported|Protocol not supported";

  private static final String NOT_FOUND =
      "(?:^|[\\s/])([A-Za-z][\\w.-]{0,30}): ?" + Failures.NO_COMMAND;

  private static final String NOT_PERMITTED =
      "Operation not permitted|must be (?:run as )?root|[Pp]ermission denied";

  /** In this order: the first that fits is told. */
  private static final List<Sign> SIGNS =
      List.of(
          Sign.of(Failure.KEY_MALFORMED, true, "", "Key is not the correct length"),
          Sign.of(Failure.CONFIG_SYNTAX, true, "", "Line unrecognized: .([A-Za-z]{2,20})="),
          Sign.of(
              Failure.CONFIG_SYNTAX,
              true,
              "",
              "Line unrecognized|AllowedIP is not in the correct format|Unable to parse IP"
                  + " address|keepalive interval is neither|Fwmark is neither|A peer is missing a"
                  + " public key|Unable to (?:find port of|parse empty|find matching brace"
                  + " of)|Servname not supported|is neither true nor false|followed by"
                  + " \\.conf|prefix is expected|address is expected"),
          Sign.of(
              Failure.ENDPOINT_NAME_UNRESOLVED,
              true,
              "",
              "(?:Name or service not known|[Tt]emporary failure in name resolution"
                  + "|No address associated with (?:host)?name|Name does not resolve|Try again"
                  + "|Name has no usable address|nodename nor servname provided, or not known"
                  + "|Neither IPv4 nor IPv6 address found)(?:: .([A-Za-z0-9._-]{1,253}):\\d+)?"),
          // The C library's words in another language; wg's own are never translated.
          Sign.of(
              Failure.ENDPOINT_NAME_UNRESOLVED,
              true,
              "",
              ": [`'‘\"]([A-Za-z0-9._-]{1,253}):\\d{1,5}['’\"](?:\\.? Trying"
                  + " again|\\s+(?:[^\\n]{0,99}[:|] )?Configuration parsing)"),
          Sign.of(
              Failure.RESOLVCONF_MISSING,
              false,
              "",
              "resolvconf: ?"
                  + Failures.NO_COMMAND
                  + "|resolvconf: No such file|resolve1\\.service not"
                  + " found"),
          Sign.of(
              Failure.RESOLVCONF_MISSING,
              true,
              "resolvconf ",
              "signature mismatch|Failed to |No such file|not found|Unknown interface|could not detect"),
          Sign.of(
              Failure.SYSCTL_READ_ONLY,
              false,
              "",
              "\\b(net\\.[a-z0-9_.]+)=[\\s\\S]*Read-only file system"),
          Sign.of(
              Failure.SYSCTL_READ_ONLY,
              false,
              "",
              "Read-only file system|sysctl: [Pp]ermission denied on key .?([a-z0-9_./]+)"),
          Sign.of(Failure.TOOL_MISSING, true, "", NOT_FOUND),
          Sign.of(
              Failure.NETFILTER_UNSUPPORTED,
              false,
              "",
              "(?:can't|unable to) initialize (?:ip6?tables )?table [`'\"]?(\\w+)"),
          Sign.of(
              Failure.NETFILTER_UNSUPPORTED,
              false,
              "",
              "Module (ip6?_?tables?\\w*|nf_\\w+|xt_\\w+) not found|No chain/target/match by that"
                  + " name|Couldn't load (?:match|target) .(\\w+)|missing kernel module|Failed to"
                  + " initialize nft|rule set generation id: (?:Invalid argument|Protocol not"
                  + " supported)|RULE_(?:APPEND|INSERT) failed|Could not process rule: Operation"
                  + " not|do you need to insmod|Table does not exist"),
          // wg-quick makes its own table first; a hook may well name one that is not there.
          Sign.of(Failure.NETFILTER_UNSUPPORTED, true, "", "Could not process rule: No such file"),
          Sign.of(Failure.IPV6_DISABLED, false, "", "IPv6 is disabled on"),
          Sign.of(Failure.IPV6_DISABLED, true, "ip -6 ", "Permission denied|" + UNSUPPORTED),
          Sign.of(
              Failure.POLICY_ROUTING_UNSUPPORTED,
              true,
              "ip -4 rule ",
              UNSUPPORTED + "|invalid argument|Invalid argument|is wrong|Failed to parse|garbage"),
          // A container without NET_ADMIN: that the device is not there afterwards is no wonder.
          Sign.of(
              Failure.NOT_PERMITTED,
              true,
              "(?:ip link add .*)?$",
              "answers: Operation not permitted"),
          Sign.of(
              Failure.KERNEL_MODULE_MISSING,
              true,
              "",
              "Module (wireguard) not found|Unable to \\w+ interface: (?:Protocol|Operation) not"
                  + "|(?:/dev/net/)(tun)\\b.*(?:does not exist|[Nn]o such|not permitted)"),
          Sign.of(
              Failure.KERNEL_MODULE_MISSING,
              true,
              "ip link add ",
              "Unknown device type|unknown type|is invalid|" + UNSUPPORTED),
          Sign.of(
              Failure.LISTEN_PORT_IN_USE, true, "a?wg |ip link set", "Address (?:already )?in use"),
          Sign.of(Failure.NOT_PERMITTED, true, "", NOT_PERMITTED),
          Sign.of(Failure.ALREADY_EXISTS, true, "", "wg-quick: .([\\w=+.-]{1,15}). already exists"),
          Sign.of(
              Failure.ALREADY_EXISTS,
              true,
              "ip link add |ip (?:-[46] )?address",
              "File exists|already assigned"),
          Sign.of(Failure.ROUTE_EXISTS, true, "ip (?:-[46] )?(?:route|rule) ", "File exists"),
          Sign.of(
              Failure.CONFIG_MISSING,
              true,
              "",
              "wg-quick: .(?:\\S*/)?([\\w=+.-]{1,15}\\.conf). does not exist"),
          Sign.of(Failure.CONFIG_SYNTAX, true, "", "Configuration parsing error"),
          Sign.of(
              Failure.OTHER,
              true,
              "",
              "wg-quick: .([\\w=+.-]{1,15}). is not a WireGuard interface"));

  /** Errors of hooks that are told by their own words when nothing else says that they failed. */
  private static final Pattern HOOK_ERROR =
      Pattern.compile(
          NOT_FOUND
              + "|"
              + NOT_PERMITTED
              + "|Cannot find device \"?([\\w=+.-]{1,15})|^ERROR: |Bad argument|Bad rule|[Uu]nknown"
              + " option|syntax error|Try .iptables -h|RTNETLINK answers|^Error: |nvalid|: cannot"
              + " |No such file|No chain/target/match|: error|: Error",
          Pattern.MULTILINE);

  /**
   * iptables names neither the chain nor the target that it misses: one of the administrator's own
   * (DOCKER-USER before Docker runs) is no matter of the kernel.
   */
  private static final Pattern NAMELESS = Pattern.compile("No chain/target/match by that name");

  private static final Pattern OWN_CHAIN =
      Pattern.compile(
          "ip6?tables(?:-nft|-legacy)? .*(?:-[AID]|-R|--(?:append|insert|delete))"
              + " ?(?!(?:INPUT|FORWARD|OUTPUT|PREROUTING|POSTROUTING)\\b)[\\w-]+"
              + "|ip6?tables(?:-nft|-legacy)? .*(?:-j|-g|--jump|--goto)"
              + " ?(?!(?:ACCEPT|DROP|REJECT|RETURN|QUEUE|LOG|NFLOG|MASQUERADE|SNAT|DNAT|REDIRECT"
              + "|NETMAP|MARK|CONNMARK|TCPMSS|CT|NOTRACK|TPROXY|TOS|DSCP|TTL)\\b)[\\w-]+");

  private static final Pattern PREFIX =
      Pattern.compile("(?:address|route|rule) add ([0-9a-fA-F:.]+(?:/\\d+)?)");

  /** Why the step failed; null when nothing that was said is an error. */
  static @Nullable WgQuickFailure of(WgQuickStep step) {
    String text = step.text();
    // Without a command it may be another program's word, which has more to say than errno's.
    WgQuickFailure other = step.command().isEmpty() ? BringUpErrors.of(text) : null;
    if (other != null) {
      return other;
    }
    for (Sign sign : SIGNS) {
      Matcher words = sign.text().matcher(text);
      if ((sign.own() && step.hook()) || !sign.step().matcher(step.command()).lookingAt()) {
        continue;
      }
      if (words.find() && !(step.hook() && missesOwnChain(step, words.group()))) {
        return new WgQuickFailure(
            sign.failure(), isOnlyWgs(step, words) ? "wg" : tool(step), subject(step, words));
      }
    }
    Matcher error = HOOK_ERROR.matcher(String.join("\n", step.said()));
    return step.hook() && error.find()
        ? new WgQuickFailure(Failure.HOOK_FAILED, tool(step), group(error))
        : null;
  }

  /** wg says the same of a device that could not be added for another reason, said before. */
  private static boolean isOnlyWgs(WgQuickStep step, Matcher words) {
    return step.command().isEmpty() && words.group().startsWith("Unable to ");
  }

  private static boolean missesOwnChain(WgQuickStep step, String words) {
    return NAMELESS.matcher(words).find() && OWN_CHAIN.matcher(step.command()).find();
  }

  /** The step failed, for a reason that it did not give or that is not known here. */
  static WgQuickFailure unexplained(WgQuickStep step) {
    return new WgQuickFailure(
        step.hook() ? Failure.HOOK_FAILED : Failure.OTHER, tool(step), subject(step, null));
  }

  private static @Nullable String tool(WgQuickStep step) {
    String program = step.program();
    return !program.isEmpty() ? program : step.text().contains("wg-quick: ") ? "wg-quick" : null;
  }

  private static @Nullable String subject(WgQuickStep step, @Nullable Matcher words) {
    String named = words == null ? null : group(words);
    if (named != null) {
      return named;
    }
    Matcher prefix = PREFIX.matcher(step.command());
    return prefix.find() && Cidr.isPrefix(prefix.group(1)) ? prefix.group(1) : null;
  }

  /** The first group that was found: a name by its pattern, and never a key. */
  static @Nullable String group(Matcher words) {
    for (int i = 1; i <= words.groupCount(); i++) {
      String group = words.group(i);
      if (group != null && !Secrets.isKey(group) && !Secrets.isKey(group + "=")) {
        return group;
      }
    }
    return null;
  }
}
