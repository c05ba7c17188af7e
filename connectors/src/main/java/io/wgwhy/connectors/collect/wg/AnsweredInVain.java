package io.wgwhy.connectors.collect.wg;

import io.wgwhy.facts.WgLog;
import io.wgwhy.facts.WgLog.Meaning;
import io.wgwhy.facts.WireGuard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Initiations in a responder's log that a peer repeats at the pace of retries though each was
 * answered (receive.c, send.c; device/receive.go, send.go):
 *
 * <pre>
 * wireguard: wg0: Receiving handshake initiation from peer 1 (203.0.113.88:19712)
 * wireguard: wg0: Sending handshake response to peer 1 (203.0.113.88:19712)
 * DEBUG: (wg0) 2026/11/22 12:22:17 peer(vnJo…MPTo) - Received handshake initiation
 * </pre>
 */
final class AnsweredInVain {
  private static final String KERNEL =
      "peer (?<number>\\d{1,20}) \\((?<address>[^ ]{2,45}):\\d{1,5}\\)";
  private static final String GO = "peer\\((?<key>[A-Za-z0-9+/]{4})…\\S{1,8}\\) - ";
  private static final Pattern LINE =
      Pattern.compile(
          "(?:(?<kernel>Receiving handshake initiation from|Sending handshake response to|Receiving keepalive packet from) "
              + KERNEL
              + "|"
              + GO
              + "(?<go>Received handshake initiation|Sending handshake response|Receiving keepalive packet))");

  /** Seconds since the boot: {@code [ 8412.104233]}. */
  private static final Pattern UPTIME = Pattern.compile("\\[ {0,9}(\\d{1,9})\\.(\\d{3})\\d{3}]");

  /** What a retry comes after, ms: with its jitter, and times in whole seconds. */
  private static final long SOONEST = WireGuard.REKEY_TIMEOUT - 1_000;

  private static final long LATEST = WireGuard.REKEY_TIMEOUT + 2_000;

  /** One may get lost, and the next one, too. */
  private static final int SOME = 3;

  private static final class Run {
    private @Nullable String address;
    private @Nullable Long last;
    private boolean sinceBoot;
    private int asked;
    private int answered;

    void asks(@Nullable String from, @Nullable Long at) {
      boolean again =
          at != null
              && last != null
              && at - last >= SOONEST
              && at - last <= LATEST
              && (from == null || from.equals(address));
      asked = again ? asked + 1 : 1;
      answered = again ? answered : 0;
      address = from;
      last = at;
    }

    boolean isInVain() {
      return asked >= SOME && answered >= SOME - 1;
    }
  }

  private final Map<String, Run> ofPeers = new LinkedHashMap<>();

  /**
   * @param clock of the log that the line is of
   */
  void read(String line, LogClock clock) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.find()) {
      return;
    }
    String peer = matcher.group("number") != null ? matcher.group("number") : matcher.group("key");
    Run run = ofPeers.computeIfAbsent(peer, unseen -> new Run());
    String what = matcher.group("kernel") != null ? matcher.group("kernel") : matcher.group("go");
    if (what.contains("initiation")) {
      Long at = clock.read(line);
      run.sinceBoot = at == null;
      run.asks(bare(matcher.group("address")), at == null ? sinceBoot(line) : at);
    } else if (what.contains("response")) {
      run.answered++;
    } else {
      // A session, after all.
      run.asked = 0;
    }
  }

  /** One for each such peer: how many there were, and when the last one came. */
  List<WgLog.Entry> found(LogClock clock) {
    List<WgLog.Entry> found = new ArrayList<>();
    ofPeers.forEach(
        (peer, run) -> {
          if (run.isInVain()) {
            found.add(
                new WgLog.Entry(
                    Meaning.ANSWERED_IN_VAIN,
                    run.address == null ? peer : null,
                    run.address,
                    run.asked,
                    run.sinceBoot || run.last == null ? null : clock.shared(run.last)));
          }
        });
    return found;
  }

  private static @Nullable String bare(@Nullable String address) {
    return address == null ? null : address.replaceAll("[\\[\\]]", "");
  }

  /** When the line was written, ms since the boot; null when it does not say. */
  static @Nullable Long sinceBoot(String line) {
    Matcher uptime = UPTIME.matcher(line);
    return uptime.find()
        ? Long.valueOf(Long.parseLong(uptime.group(1)) * 1000 + Long.parseLong(uptime.group(2)))
        : null;
  }
}
