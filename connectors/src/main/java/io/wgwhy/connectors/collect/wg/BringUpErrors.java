package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.Failures;
import io.wgwhy.facts.BringUp.Failure;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why an interface did not come up, in the words of other programs than wg-quick: NetworkManager,
 * systemd-networkd, docker, containers that bring their own start script, WireGuard for Windows,
 * modprobe.
 *
 * <pre>
 * modprobe: FATAL: Module wireguard not found in directory /lib/modules/4.4.0
 * platform-linux: do-add-link[wg0/wireguard]: failure 95 (Operation not supported)
 * Error starting userland proxy: listen udp4 0.0.0.0:51820: bind: address already in use.
 * Unable to resolve one or more DNS hostname endpoints: No such host is known.
 * </pre>
 */
final class BringUpErrors {
  /**
   * @param tool who says it
   * @param words how; the first group is the subject
   */
  private record Sign(Failure failure, String tool, Pattern words) {
    static Sign of(Failure failure, String tool, String words) {
      return new Sign(failure, tool, Pattern.compile(words, Pattern.MULTILINE));
    }
  }

  private static final List<Sign> SIGNS =
      List.of(
          Sign.of(
              Failure.KERNEL_MODULE_MISSING,
              "modprobe",
              "modprobe: .*(?:[Mm]odule|module) .?(wireguard)\\b.? not found"
                  + "|(?:ERROR|FATAL).* insert .(wireguard).:"
                  + "|insert (?:module )?\\S*\\b(wireguard)\\.ko\\S*:"),
          Sign.of(
              Failure.KERNEL_MODULE_MISSING,
              "dkms",
              "\\*\\*\\* \\[\\S*/(wireguard)-(?:linux-compat|linux|module|dkms)\\S*] Error \\d"
                  + "|/dkms/(wireguard)/\\S+ ?(?:.*bad exit status|.*for more information)"
                  + "|dkms\\S*:? .*(wireguard)/\\S+.*(?:[Bb]uild failed|failed to build)"),
          // Newer kernels bring the module themselves; of several kernels one is enough.
          Sign.of(
              Failure.KERNEL_MODULE_MISSING,
              "dkms",
              "\\A(?![\\s\\S]*(?:DKMS: install completed|wireguard\\.ko))[\\s\\S]{0,4000}?(wireguard)\\S{0,30} DKMS files"
                  + "[\\s\\S]{0,600}?(?:[Mm]odule build for kernel (?:[34]\\.\\d|5\\.[0-5]\\b)\\S*"
                  + " (?:\\(\\S+\\) )?was skipped since the\\s+kernel headers"
                  + "|kernel headers for kernel (?:[34]\\.\\d|5\\.[0-5]\\b)\\S* cannot be found)"),
          Sign.of(
              Failure.KERNEL_MODULE_MISSING,
              "ip",
              "kernel does not support Wire[Gg]uard|[Ww]ire[Gg]uard (?:kernel )?module is not"
                  + " (?:active|loaded|available|installed)|add-link\\[\\S+/wireguard\\]: failure"
                  + " 95|Failed to create WireGuard interface .*(?:not supported|Unknown"
                  + " device)|could not create wireguard interface: (?:operation )?not"
                  + " supported|netdev could not be created: (?:Operation )?not"
                  + " supported|/dev/net/tun.?(?: does not exist| is missing|:? [Nn]o such"
                  + " file)|(?:CreateTUN|TUN device).*(?:/dev/net/)?(tun)\\b.*(?:does not exist|no"
                  + " such)"),
          // EdgeOS and VyOS at "commit"; the unit of NixOS: one script, which does not say its
          // steps.
          Sign.of(
              Failure.KERNEL_MODULE_MISSING,
              "ip",
              "(?:\\[ interfaces wireguard \\S+ ]\\s+|\\bwireguard-\\S{1,15}-start\\[\\d+]:"
                  + " )(?:RTNETLINK answers: Operation not supported|Error: Unknown device type"
                  + "|Unable to access interface: (?:\\w+ )?[Nn]ot supported)"),
          Sign.of(
              Failure.ALREADY_EXISTS,
              "ip",
              "(?:\\[ interfaces wireguard \\S+ ]\\s+|\\bwireguard-\\S{1,15}-start\\[\\d+]:"
                  + " )RTNETLINK answers: File exists"),
          Sign.of(
              Failure.CONFIG_MISSING,
              "wg-quick",
              // Containers: linuxserver, binhex, docker-qbittorrentvpn.
              "No (?:WireGuard|valid tunnel|wg\\d+\\.conf) ?(?:config(?:uration)?(?: files?)? )?(?:found|located)\\b"),
          // Another adapter of Windows has the address.
          Sign.of(
              Failure.ROUTE_EXISTS,
              "WireGuard for Windows",
              "adapter network settings: unable to set ips: (?:The object already exists|Das Objekt ist"
                  + " bereits vorhanden|L.objet existe d|El objeto ya existe|Объект уже существует)"),
          Sign.of(
              Failure.NETFILTER_UNSUPPORTED,
              "iptables",
              "ip6?tables\\S* v[\\d.]+.*: (?:can't|unable to) initialize (?:ip6?tables )?table"
                  + " [`'\"]?(\\w+)|ip6?tables\\S* v[\\d.]+.*(?:Failed to initialize nft|rule set"
                  + " generation id)|Module (ip6?_?tables?\\w*|iptable_\\w+|nft?_\\w+|xt_\\w+) not"
                  + " found in directory"),
          Sign.of(
              Failure.LISTEN_PORT_IN_USE,
              "docker",
              "listen udp\\d? \\S*:(\\d{1,5}): bind: address already in use"
                  + "|Bind for \\S*:(\\d{1,5}) failed: port is already allocated"
                  + "|[Ff]ailed to bind \\S*:(\\d{1,5})/udp"
                  // The supervisor of Home Assistant.
                  + "|\\bPort '(\\d{1,5})(?:/udp)?' is already in use by "),
          Sign.of(
              Failure.SYSCTL_READ_ONLY,
              "docker",
              "sysctl .?\"?(net\\.[a-z0-9_.]+)\\\\?\"?.* (?:not allowed in host network|is not in a"
                  + " separate kernel namespace|not allowed)|/proc/sys/(net/[a-z0-9_/.]+):"
                  + " read-only file system|setting key .?(net\\.[a-z0-9_.]+).?: Read-only file"
                  + " system"),
          Sign.of(
              Failure.ENDPOINT_NAME_UNRESOLVED,
              "wg",
              "Unable to resolve one or more DNS hostname endpoints"
                  + "|[Ff]ailed to resolve (?:the )?(?:DNS|endpoint)\\b.*"
                  // Android.
                  + "|Unable to resolve DNS hostname: [“\"']?([A-Za-z0-9._-]+)"
                  + "|DNS resolution failure: [“\"']?([A-Za-z0-9._-]+)"
                  // The apps of Apple's systems, in their log and on the screen.
                  + "|DNS resolution failed for the following hostnames: ([A-Za-z0-9._-]+)"
                  + "|One or more endpoint domains could not be resolved"
                  + "|Failed to resolve host '?([A-Za-z0-9._-]+)'?"
                  // wg, where its line stands alone; apps that leave it to their engine.
                  + "|(?:Name or service not known|[Tt]emporary failure in name resolution|Name does"
                  + " not resolve): [`'‘]([A-Za-z0-9._-]{1,253}):\\d{1,5}['’]"
                  + "|failed to set endpoint [\\w.-]+:\\d{1,5}: ParseAddr\\(\"([A-Za-z0-9._-]{1,253})\"\\)"),
          Sign.of(
              Failure.CONFIG_SYNTAX,
              "wg",
              "Keys must decode to exactly 32 bytes|Unable to import configuration|invalid"
                  + " WireGuard key|failed to import '\\S+\\.conf'|Failed to decode wireguard"
                  + " key|Failed to parse (?:AllowedIPs|Endpoint|wireguard)|Unknown (?:key"
                  + " name|lvalue) '(\\w+)' in section '(?:WireGuard|WireGuardPeer)'|Brackets must"
                  + " contain an IPv6 address|[Ii]nvalid key for section"
                  + " .?\\[(?:Interface|Peer)|Key is not valid 44-character|config file has an invalid|Could not parse (?:the"
                  + " )?config"
                  // The apps, when a file is taken in; Android's VpnService, of an address of it.
                  + "|Unable to import tunnel: |Cannot parse \\w+ .{0,300} in (?:Peer|Interface)"
                  + "|Error bringing up tunnel: Bad address|IllegalArgumentException: Bad address"
                  // gluetun; netplan.
                  + "|Wireguard (?:\\w+ )*settings: .*(?:is not set|is not valid|failed to parse)"
                  + "|: invalid wireguard (?:private|public|shared) key|: a (?:private|public) key is required"),
          // ifupdown runs its lines with sh(1).
          Sign.of(
              Failure.TOOL_MISSING,
              "ifup",
              "^(?:/bin/)?(?:da|ba)?sh: (?:line )?\\d+: (wg(?:-quick)?|ip|wireguard-go): not found$"),
          // systemd-networkd runs as a user of its own: the file is not there, or not for it.
          Sign.of(
              Failure.OTHER, "systemd-networkd", "Failed to read (?:private|preshared) key from"),
          Sign.of(
              Failure.IPV6_DISABLED,
              "ip",
              "for destination ::/\\d+: permission denied|IPv6 is disabled on nexthop device"
                  + "|permission denied: when adding address [0-9a-fA-F]{1,4}:"
                  // The kernel says EACCES where IPv6 is switched off, EPERM to who may not
                  // (addrconf.c).
                  + "|[Nn]etlink.*[Pp]ermission denied \\(os error 13\\)"
                  + "|ip -6 rule: .*address family not supported"
                  + "|IPv6 (?:is|seems to be) (?:disabled|not supported)"
                  // wireguard-go binds a socket of each kind (conn/bind_std.go).
                  + "|listen udp6 \\S+: .*address family not supported"),
          Sign.of(
              Failure.RESOLVCONF_MISSING,
              "resolvconf",
              "(?:wg-quick|\\p{L}{1,12} \\d+): .*resolvconf: ?"
                  + Failures.NO_COMMAND
                  + "|^(?:\\S+ +\\| )?could not detect a useable init system"
                  + "|Failed to set DNS configuration: .*(?:not found|Could not activate)"
                  + "|^(?:\\S+ +\\| )?resolvconf: signature mismatch"),
          // macOS: what the system brings is too old for wg-quick (darwin.bash).
          Sign.of(
              Failure.TOOL_MISSING, "wg-quick", "wg-quick: Version mismatch: (bash) \\d detected"),
          // Whoever made the profile did not store the private key with it.
          Sign.of(
              Failure.OTHER,
              "NetworkManager",
              "activation failed: Secrets were required, but not provided[\\s\\S]{0,200}NM_DEVICE=(?:nm-)?(wg[\\w.-]{0,12})"),
          // What wg-quick itself runs; hooks say so, too, of programs of their own.
          Sign.of(
              Failure.TOOL_MISSING,
              "wg-quick",
              "\\bwg-quick: (?:\\p{L}{1,12} )?\\d+: (sysctl|ip|wg|nft|stat|ip6?tables-restore): ?"
                  + Failures.NO_COMMAND),
          Sign.of(
              Failure.LISTEN_PORT_IN_USE,
              "wg",
              "\"kilo\".*address already in use|(?:failed|unable|could not).{1,20} interface \\S{1,15}: \\[?.{0,60}address already in use|^ifconfig: up: Address already in use|\\bwg[\\w-]*: [Cc]ould not bring up.*Address (?:already"
                  + " )?in use"));

  private BringUpErrors() {}

  /** Whether the text holds such a line. */
  static boolean anyIn(String text) {
    return SIGNS.stream().anyMatch(it -> it.words().matcher(text).find());
  }

  /** The first of them in the order of this list; null when there is none. */
  static @Nullable WgQuickFailure of(String text) {
    for (Sign sign : SIGNS) {
      Matcher words = sign.words().matcher(text);
      if (words.find()) {
        return new WgQuickFailure(sign.failure(), sign.tool(), WgQuickFailure.group(words));
      }
    }
    return null;
  }
}
