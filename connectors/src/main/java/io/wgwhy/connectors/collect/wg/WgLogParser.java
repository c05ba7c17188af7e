package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.OutputLines;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.Recognition;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.WgLog;
import io.wgwhy.facts.WgLog.Meaning;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code journalctl}, {@code dmesg} and {@code docker logs}: what the kernel module (dynamic
 * debug), wireguard-go (LOG_LEVEL=verbose) and dnsmasq write; and traces of wg-quick among them.
 *
 * <pre>
 * [ 8412.104233] wireguard: wg0: Invalid handshake initiation from 198.51.100.20:45299
 * wireguard: wg0: Packet has unallowed src IP (10.66.66.2) from peer 3 (198.51.100.20:45299)
 * DEBUG: (wg0) 2026/11/22 12:22:17 peer(vnJo…MPTo) - Sending handshake initiation
 * DEBUG: (wg0) 2026/11/22 12:22:17 IPv4 packet with disallowed source address from peer(vnJo…MPTo)
 * 2026-08-11T17:40:12.540399Z  WARN boringtun::noise::timers: HANDSHAKE(REKEY_TIMEOUT)
 * dnsmasq[411]: ignoring query from non-local network 10.66.66.2 (logged only once)
 * </pre>
 */
public final class WgLogParser implements Parser {
  /** Beyond so many different entries a flood is told without addresses. */
  private static final int MOST_ENTRIES = 256;

  /**
   * In this order; sources: receive.c, send.c, timers.c of the driver; device/*.go of wireguard-go.
   */
  private static final Map<Meaning, Pattern> WORDS = words();

  /** What failed before that is over. */
  private static final Pattern SUCCEEDED =
      Pattern.compile(
          "Receiv(?:ed|ing) handshake response|Keypair \\d+ created for peer|\\bNew session\\b");

  /**
   * boringtun says of whatever it cannot open the same: only what came before tells that it was a
   * response (src/noise/mod.rs).
   */
  private static final Pattern RESPONSE_CAME = Pattern.compile("Received handshake_response");

  private static final Pattern CANNOT_OPEN = Pattern.compile("\\bInvalidAeadTag\\b");

  private static final Set<Meaning> OVER =
      EnumSet.of(
          Meaning.HANDSHAKE_DID_NOT_COMPLETE,
          Meaning.GAVE_UP,
          Meaning.SEND_UNREACHABLE,
          Meaning.SEND_REFUSED);

  /** What says whom this host asks, rather than who asks it. */
  private static final Set<Meaning> BEGUN =
      EnumSet.of(Meaning.HANDSHAKE_DID_NOT_COMPLETE, Meaning.GAVE_UP);

  /** wireguard-go shortens keys, RouterOS does not. */
  private static final Pattern GO_PEER =
      Pattern.compile(
          "peer\\(([A-Za-z0-9+/]{4})…|(?<![A-Za-z0-9+/])([A-Za-z0-9+/]{4})[A-Za-z0-9+/]{39}=: ");

  /** RouterOS names peers, and Windows tunnels: {@code wg1: [office] Handshake for peer did …}. */
  private static final Pattern NAMED =
      Pattern.compile(": \\[([^]]{1,40})] |\\b(boringtun)(?:_cli)?::");

  private static final Pattern UNALLOWED =
      Pattern.compile("unallowed src IP \\(([0-9a-fA-F:.]{2,45})\\)");
  private static final Pattern NON_LOCAL =
      Pattern.compile(
          "(?:non-local network|refused query from ip[46]|\\bSRC=|martian source|allowed IPs matching) ?([0-9a-fA-F:.]{2,45})");

  /** The kernel names the destination first (fib_frontend.c, route.c). */
  private static final String MARTIAN =
      "[Mm]artian source \\S{2,45} from ([0-9a-fA-F:.]{2,45}), on dev (?!wg|tun|utun|lo\\b)";

  private static final Pattern UNTUNNELLED = Pattern.compile(MARTIAN);

  private static final Pattern SENT_TO =
      Pattern.compile("->(?:\\[([0-9a-fA-F:.]{2,45})]|([0-9.]{7,15})):\\d{1,5}\\b");
  private static final Pattern FROM =
      Pattern.compile(
          "(?:from|for|peer \\d{1,20}) \\(?(?:\\[([0-9a-fA-F:.]{2,45})]|([0-9.]{7,15})):\\d{1,5}\\b");

  private static final Pattern ASKED =
      Pattern.compile("peer \\d{1,20} \\((?:\\[[0-9a-fA-F:.]{2,45}]|[0-9.]{7,15}):(\\d{1,5})\\)");

  /** What firewalls write before the packet that they drop. */
  private static final String DROPPED =
      "(?:(?:UFW BLOCK|DROP|REJECT|BLOCK|[Dd]rop|[Rr]eject|[Dd]en(?:y|ied)|[Bb]lock(?:ed)?)[^=]{0,40}:?\\]?"
          // NixOS; EdgeOS, UniFi and VyOS: the ruleset, the number of the rule, D or R.
          + "|\\brefused packet:|\\[[\\w-]{1,60}-[DR](?:-\\d+)?\\]) ?";

  /** NixOS and others: what is not answered by the way that it came. */
  private static final String OF_WIREGUARD = "PROTO=UDP (?:SPT=5182\\d |.*DPT=5182\\d )";

  static final Pattern OWN =
      Pattern.compile(
          "(?m)(?:DEBUG|ERROR|INFO): \\(\\S{1,15}\\) \\d{4}/\\d\\d/\\d\\d |\\b(?:wireguard|amneziawg): \\S{1,15}: [A-Z]"
              // The kernel's sentence, quoted.
              + "|\\bInvalid (?:MAC of handshake, dropping packet|handshake (?:initiation|response)) from \\S"
              + "|\\bPacket has unallowed src IP \\("
              + "|ignoring query from non-local network|[Mm]artian source |Dead loop on virtual device"
              + "|\\[(?:TUN|NET)] (?:\\[[^]]{1,40}] |peer\\()|WireGuard/GoBackend"
              // wireguard-go within other programs (gluetun, sing-box, NetBird); boringtun.
              + "|\\bpeer\\([A-Za-z0-9+/]{4}…[A-Za-z0-9+/]{4}\\) - |\\bboringtun(?:_cli)?::"
              + "|ntpd: setting time to |System clock was (?:stepped|wrong) by|System clock wrong by"
              + "|plugin/loop: Loop \\(|\\[ERROR] plugin/errors: |: dropped over-mtu packet: "
              + "|step time server|\\bIN=\\S* OUT=\\S* .*\\bSRC=|\\bfilterlog(?:\\[\\d+])?:? (?:\\S+ )*\\S*,match,(?:block|reject),|unbound\\[\\S+ .*refused query from|named\\[\\d+]: .*denied"
              + "|andshake (?:for peer .*)?did not complete after \\d+ seconds|^-- No entries --$"
              + "|^-- (?:Logs begin|Journal begins) at ");

  @Override
  public boolean reads(CommandLine command) {
    return switch (command.program()) {
      case "journalctl", "dmesg", "logread" -> true;
      case "docker", "podman", "kubectl" -> command.has("logs");
      case "cat", "tail", "grep", "zgrep", "less" ->
          command.arguments().stream().anyMatch(word -> word.startsWith("/var/log/"));
      default -> false;
    };
  }

  @Override
  public boolean recognises(String output) {
    return OWN.matcher(output).find() && !Recognition.of(output).by(new WgQuickParser());
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    Map<Entry, Seen> entries = new LinkedHashMap<>();
    LogClock clock = new LogClock(observation);
    AnsweredInVain inVain = new AnsweredInVain();
    TwoAddresses twoAddresses = new TwoAddresses();
    UnsetClock unset = new UnsetClock();
    boolean afterResponse = false;
    for (String line : OutputLines.of(observation.output())) {
      Meaning meaning = line.length() > 2000 ? null : meaning(line);
      if (afterResponse && CANNOT_OPEN.matcher(line).find()) {
        meaning = Meaning.INVALID_RESPONSE;
      }
      afterResponse = RESPONSE_CAME.matcher(line).find();
      if (meaning == null && line.length() <= 2000) {
        inVain.read(line, clock);
        twoAddresses.read(line, clock);
      }
      if (meaning == null) {
        if (line.length() <= 2000 && SUCCEEDED.matcher(line).find()) {
          String peer = first(GO_PEER, line);
          String from = address(line);
          String name = first(NAMED, line);
          entries.keySet().removeIf(it -> OVER.contains(it.meaning()) && it.isOf(peer, from, name));
        }
        continue;
      }
      String peer = first(GO_PEER, line);
      String from = address(line);
      boolean nameless = peer == null && from == null;
      Integer port = BEGUN.contains(meaning) ? port(line) : null;
      if (BEGUN.contains(meaning)) {
        unset.read(line);
      }
      Entry entry = new Entry(meaning, peer, from, port, nameless ? first(NAMED, line) : null);
      if (!entries.containsKey(entry) && entries.size() >= MOST_ENTRIES) {
        entry = new Entry(meaning, null, null, null, null);
      }
      entries.computeIfAbsent(entry, unseen -> new Seen()).add(clock.read(line));
    }
    List<WgLog.Entry> told = new ArrayList<>();
    entries.forEach(
        (entry, seen) ->
            told.add(
                new WgLog.Entry(
                    entry.meaning(),
                    entry.peer(),
                    entry.address(),
                    entry.port(),
                    seen.count,
                    seen.last == null ? null : clock.shared(seen.last))));
    told.addAll(inVain.found(clock));
    told.addAll(twoAddresses.found(clock));
    reading.add(new WgLog(observation.host(), observation.atMillis(), told));
    unset.tell(observation, reading);
    WgQuickParser.readLog(observation, command, reading);
  }

  /**
   * @param name what the log calls the peer; only where it has neither key nor address
   */
  private record Entry(
      Meaning meaning,
      @Nullable String peer,
      @Nullable String address,
      @Nullable Integer port,
      @Nullable String name) {
    /** wireguard-go names peers by their keys, the kernel by their addresses. */
    boolean isOf(@Nullable String ofPeer, @Nullable String ofAddress, @Nullable String ofName) {
      if (name != null) {
        return name.equals(ofName);
      }
      if (peer != null || ofPeer != null) {
        return Objects.equals(peer, ofPeer);
      }
      return ofAddress != null && ofAddress.equals(address);
    }
  }

  /** How often, and when last by the log's own times. */
  private static final class Seen {
    private int count;
    private @Nullable Long last;

    void add(@Nullable Long at) {
      count++;
      last = at == null ? last : last == null ? at : Long.valueOf(Math.max(last, at));
    }
  }

  private static @Nullable Meaning meaning(String line) {
    for (Map.Entry<Meaning, Pattern> words : WORDS.entrySet()) {
      if (words.getValue().matcher(line).find()) {
        return words.getKey();
      }
    }
    return null;
  }

  private static @Nullable String address(String line) {
    String inner = first(line.contains("artian source ") ? UNTUNNELLED : UNALLOWED, line);
    String asker = inner == null ? first(NON_LOCAL, line) : inner;
    String from = asker == null ? first(FROM, line) : asker;
    String address = from == null ? first(SENT_TO, line) : from;
    return address != null && Cidr.isAddress(address) ? address : null;
  }

  /** {@code Handshake for peer 1 (203.0.113.40:51820) did not complete …}: the endpoint's. */
  private static @Nullable Integer port(String line) {
    Matcher asked = ASKED.matcher(line);
    return asked.find() ? Numbers.port(asked.group(1)) : null;
  }

  private static @Nullable String first(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.find()) {
      return null;
    }
    return matcher.group(1) == null ? matcher.group(matcher.groupCount()) : matcher.group(1);
  }

  private static Map<Meaning, Pattern> words() {
    Map<Meaning, String> words = new LinkedHashMap<>();
    words.put(
        Meaning.INVALID_MAC,
        "Invalid MAC of handshake|packet with invalid mac1|\\b[Ee]rror[=, ]+InvalidMac\\b");
    words.put(Meaning.HANDSHAKE_REPLAY, "handshake replay @|\\bWrongTai64nTimestamp\\b");
    words.put(
        Meaning.INVALID_INITIATION,
        "Invalid handshake initiation from|Received invalid initiation message|handshake flood");
    words.put(
        Meaning.INVALID_RESPONSE,
        "Invalid handshake response from|Received invalid response message");
    words.put(
        Meaning.UNALLOWED_SOURCE, "has unallowed src IP|packet with disallowed source address");
    words.put(
        Meaning.SEND_TOO_LONG,
        // net/core/dev.c: what was handed to the device is larger than it takes.
        "[Ff]ailed to send .*message too long"
            + "|\\b(?:wg|tun|utun)\\S{0,13}: dropped over-mtu packet: \\d+ > \\d+");
    words.put(
        Meaning.SEND_NOT_PERMITTED,
        // Windows: WSAEACCES, from a filter of the Windows Filtering Platform.
        "[Ff]ailed to send .*(?:operation not permitted|forbidden by its access permissions)");
    words.put(
        Meaning.NO_PEER_FOR_DESTINATION,
        "No peer has allowed IPs matching (?!22[4-9]|23\\d|255\\.|[fF]{2})");
    words.put(
        Meaning.NO_ENDPOINT, "no known endpoint for peer|No valid endpoint has been configured");
    words.put(
        Meaning.SEND_UNREACHABLE,
        "[Ff]ailed to send .*(?:network is unreachable|no route to host|unreachable (?:network|host)|address family not supported)");
    words.put(
        // ICMP port unreachable, told to a socket that is connected (udp(7), ECONNREFUSED).
        Meaning.SEND_REFUSED,
        "[Ff]ailed to (?:send|receive) .*:\\d{1,5}: (?:\\w+: )?connection refused");
    words.put(Meaning.SEND_FAILED, "[Ff]ailed to send (?:handshake|data|authenticated|cookie)");
    words.put(
        Meaning.ADDRESS_IN_USE,
        "(?:listen_port|bind|listen udp|Could not create IPv[46] socket).*(?:address already in use|-98\\b)");
    words.put(Meaning.TUN_WRITE_FAILED, "Failed to write packets? to TUN device");
    words.put(
        Meaning.GAVE_UP,
        "did not complete after \\d+ attempts, giving up|CONNECTION_EXPIRED\\(REKEY_ATTEMPT_TIME\\)");
    words.put(
        Meaning.HANDSHAKE_DID_NOT_COMPLETE,
        "did not complete after \\d+ seconds, retrying|HANDSHAKE\\(REKEY_TIMEOUT\\)");
    words.put(Meaning.COOKIE_SENT, "Sending cookie response");
    words.put(
        Meaning.CLOCK_SET_BACK,
        "ntpd: setting time to .*offset -\\d{4,}[.s]|System clock wrong by -\\d{4,}\\."
            + "|System clock was stepped by -\\d{4,}\\.|step time server \\S+ offset -\\d{4,}\\."
            + "|time (?:reset|stepped|set) -\\d{4,}\\.\\d+ ?s");
    words.put(
        Meaning.CLOCK_SET,
        // BusyBox ntpd, chronyd, ntpdate and ntpd: seconds; four digits are more than 16 minutes.
        "ntpd: setting time to .*offset [+-]?\\d{4,}[.s]|System clock wrong by -?\\d{4,}\\."
            + "|System clock was stepped by -?\\d{4,}\\.|step time server \\S+ offset [+-]?\\d{4,}\\."
            + "|time (?:reset|stepped|set) [+-]\\d{4,}\\.\\d+ ?s");
    words.put(
        Meaning.NAME_SERVER_FAILED,
        // CoreDNS: it is its own server upstream; or that one does not answer.
        "plugin/loop: Loop \\(\\S+ -> \\S+\\) detected for zone"
            + "|plugin/errors: \\d+ \\S+ \\w+: (?:read|write|dial) (?:udp|tcp) .*:53: (?:i/o timeout|.*refused|.*unreachable)");
    words.put(
        Meaning.DNS_QUERY_REFUSED,
        "ignoring query from non-local network|refused query from (?:ip4 |ip6 )?"
            + "|\\bquery(?: \\(cache\\))? '[^']{1,255}' denied");
    // netfilter's LOG target: a device in both IN and OUT is forwarding.
    words.put(
        Meaning.FIREWALL_DROPPED_FORWARD,
        DROPPED
            + "IN=(?:wg|tun|utun)\\S* OUT=\\S+ |"
            + DROPPED
            + "IN=\\S+ OUT=(?:wg|tun|utun)\\S* "
            // pf on pfSense and OPNsense: a first segment; what is late or for everybody is no
            // sign.
            + "|filterlog\\S* .*,(?:tun_)?wg\\d{1,3},match,(?:block|reject),in,4,.*,tcp,(?:[^,]*,){6}S,");
    words.put(
        Meaning.MARTIAN_SOURCE,
        "[Mm]artian source .* on dev (?:wg|tun|utun)|rp_?filter\\w*:? IN=\\S+ OUT= .*PROTO=UDP "
            + "|rp_?filter [Dd]rop\\w*:? IN=\\S+ OUT= .*"
            + OF_WIREGUARD);
    words.put(Meaning.SOURCE_REFUSED, MARTIAN);
    words.put(
        Meaning.FIREWALL_DROPPED_INPUT,
        DROPPED
            + "IN=\\S+ OUT= .*(?:LEN=176 .*PROTO=UDP |PROTO=UDP .*DPT=5182\\d )"
            // Proxmox VE in front of a guest: a bridge of its own for each.
            + "|policy (?:DROP|REJECT): IN=fwbr\\d+i\\d+ OUT=fwbr\\S+ .*LEN=176 .*PROTO=UDP "
            + "|filterlog\\S* .*,match,(?:block|reject),in,4,.*,udp,176,(?:[^,]*,){4}156\\b");
    words.put(Meaning.ROUTING_LOOP, "Dead loop on virtual device (?:wg|tun|utun)");
    Map<Meaning, Pattern> patterns = new LinkedHashMap<>();
    words.forEach((meaning, text) -> patterns.put(meaning, Pattern.compile(text)));
    return patterns;
  }
}
