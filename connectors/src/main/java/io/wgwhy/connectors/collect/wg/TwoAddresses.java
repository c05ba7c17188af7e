package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.facts.WgLog;
import io.wgwhy.facts.WgLog.Meaning;
import io.wgwhy.facts.WireGuard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A peer whose initiations come from two addresses in turn, as the kernel module logs them: two
 * hosts with one key take the session from one another. One that roams does not come back so soon.
 *
 * <pre>
 * [ 91221.120331] wireguard: wg0: Receiving handshake initiation from peer 3 (198.51.100.4:40112)
 * [ 91224.771204] wireguard: wg0: Receiving handshake initiation from peer 3 (203.0.113.77:51999)
 * [ 91236.410411] wireguard: wg0: Receiving handshake initiation from peer 3 (198.51.100.4:40112)
 * </pre>
 */
final class TwoAddresses {
  private static final Pattern LINE =
      Pattern.compile(
          "Receiving handshake initiation from peer (\\d{1,20}) \\(([^ ]{2,45}:\\d{1,5})\\)");

  /** A phone may lose its wireless network and find it again; hardly twice within a session. */
  private static final int SOME = 3;

  private static final class Run {
    private @Nullable String before;
    private @Nullable String current;
    private @Nullable Long last;
    private boolean sinceBoot;
    private int changes;
    private int most;

    void from(String address, @Nullable Long at, boolean bootTime) {
      // An earlier one is of another boot, or of a clock that was set back: nobody knows.
      boolean soon =
          at != null && last != null && at >= last && at - last <= WireGuard.REJECT_AFTER_TIME;
      if (current != null && !address.equals(current)) {
        boolean back = before == null || address.equals(before);
        changes = soon && back ? changes + 1 : soon ? 1 : 0;
        most = Math.max(most, changes);
        before = current;
      } else if (!soon) {
        changes = 0;
      }
      current = address;
      last = at;
      sinceBoot = bootTime;
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
    Long at = clock.read(line);
    ofPeers
        .computeIfAbsent(matcher.group(1), unseen -> new Run())
        .from(matcher.group(2), at == null ? AnsweredInVain.sinceBoot(line) : at, at == null);
  }

  /** One for each such peer: how often it changed, and when it was last heard. */
  List<WgLog.Entry> found(LogClock clock) {
    List<WgLog.Entry> found = new ArrayList<>();
    for (Run run : ofPeers.values()) {
      if (run.most >= SOME) {
        String last = Objects.requireNonNullElse(run.current, "");
        String address = last.replaceFirst(":\\d+$", "").replaceAll("[\\[\\]]", "");
        found.add(
            new WgLog.Entry(
                Meaning.TWO_ADDRESSES,
                null,
                Cidr.isAddress(address) ? address : null,
                run.most,
                run.sinceBoot || run.last == null ? null : clock.shared(run.last)));
      }
    }
    return found;
  }
}
