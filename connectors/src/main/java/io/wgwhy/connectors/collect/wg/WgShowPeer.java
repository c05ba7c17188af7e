package io.wgwhy.connectors.collect.wg;

import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.WgPeer;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A peer's block of {@code wg show}: its lines by their labels.
 *
 * @param filtered whether lines may have been left out by another program
 * @param cut whether lines may be missing after the last one
 */
public record WgShowPeer(Map<String, String> lines, boolean filtered, boolean cut) {
  /** The order in which wg prints them (show.c, pretty_print). */
  private static final List<String> ORDER =
      List.of(
          "preshared key",
          "endpoint",
          "allowed ips",
          "latest handshake",
          "transfer",
          "persistent keepalive");

  private static final Pattern AMOUNT =
      Pattern.compile("([0-9]{1,10}(?:\\.[0-9]{1,4})?) ?(B|[KMGT]i?B) (received|sent)");
  private static final Pattern TIME =
      Pattern.compile("([0-9]{1,6}) (year|day|hour|minute|second)s?");

  /** VyOS: {@code 0:01:20.951263}, {@code 2 days, 3:04:05}; none for never. */
  private static final Pattern CLOCK =
      Pattern.compile("(?:(\\d{1,6}) days?, )?(\\d{1,2}):([0-5]\\d):([0-5]\\d)(?:\\.\\d{1,9})?");

  /**
   * Whether a line that is not there says that there is nothing: wg always shows the allowed IPs,
   * so a block with them is whole up to its last line.
   */
  private boolean missing(String label) {
    int place = ORDER.indexOf(label);
    boolean reached =
        !cut || ORDER.subList(place, ORDER.size()).stream().anyMatch(lines::containsKey);
    return !filtered && lines.containsKey("allowed ips") && reached;
  }

  /** The peer; {@code ordinal} is its place in the output, which tells peers without keys apart. */
  public WgPeer fact(Observation observation, String device, int ordinal, Secrets secrets) {
    // VyOS gives peers names of their own, and their keys below.
    String key = Secrets.isKey(word("peer")) ? word("peer") : word("public key");
    Long age = age(line("latest handshake"));
    Long handshake = age == null ? null : Long.valueOf((long) Math.floor(observation.at()) - age);
    if (woundBackward()) {
      // How far is not said: only that the handshake lies in the future.
      age = -1L;
      handshake = null;
    } else if (never()) {
      handshake = 0L;
    }
    return new WgPeer(
        observation.host(),
        observation.atMillis(),
        device,
        Secrets.isKey(key) ? key : null,
        ordinal,
        presharedKey(secrets),
        WgPeers.endpoint(word("endpoint")),
        hasEndpoint(),
        lines.containsKey("allowed ips") ? WgPeers.allowedIps(line("allowed ips")) : null,
        handshake,
        age,
        bytes("received"),
        bytes("sent"),
        keepalive());
  }

  private boolean woundBackward() {
    return line("latest handshake").contains("wound backward");
  }

  private boolean never() {
    String text = line("latest handshake");
    return lines.containsKey("latest handshake")
        ? text.matches("(?:\\(none\\)|[Nn]ever|None|0:00:00).*")
        : missing("latest handshake");
  }

  private PresharedKey presharedKey(Secrets secrets) {
    String text = word("preshared key");
    if (text.isEmpty()) {
      return missing("preshared key") ? PresharedKey.ABSENT : PresharedKey.UNKNOWN;
    }
    return secrets.presharedKey(text);
  }

  private Answer hasEndpoint() {
    String text = line("endpoint");
    if (text.isEmpty()) {
      return missing("endpoint") ? Answer.NO : Answer.UNKNOWN;
    }
    return text.startsWith("(none)") ? Answer.NO : Answer.YES;
  }

  private @Nullable Long bytes(String direction) {
    if (!lines.containsKey("transfer")) {
      // After a handshake the counters cannot be zero: then the line was lost.
      return missing("transfer") && never() ? Long.valueOf(0) : null;
    }
    Matcher amount = AMOUNT.matcher(line("transfer"));
    while (amount.find()) {
      if (amount.group(3).equals(direction)) {
        double unit = Math.pow(1024, "BKMGT".indexOf(amount.group(2).charAt(0)));
        return Math.round(Double.parseDouble(amount.group(1)) * unit);
      }
    }
    return null;
  }

  private @Nullable Integer keepalive() {
    String text = line("persistent keepalive");
    if (text.isEmpty()) {
      return missing("persistent keepalive") ? Integer.valueOf(0) : null;
    }
    Long seconds = text.startsWith("off") ? Long.valueOf(0) : seconds(text);
    return seconds == null || seconds > 65535 ? null : Integer.valueOf(seconds.intValue());
  }

  private static @Nullable Long age(String text) {
    if (text.startsWith("Now")) {
      return 0L;
    }
    Matcher clock = CLOCK.matcher(text);
    if (clock.matches()) {
      long days = clock.group(1) == null ? 0 : Long.parseLong(clock.group(1));
      return ((days * 24 + Long.parseLong(clock.group(2))) * 60 + Long.parseLong(clock.group(3)))
              * 60
          + Long.parseLong(clock.group(4));
    }
    return text.contains(" ago") ? seconds(text) : null;
  }

  /** A time in words; null when there is none in the text (show.c, pretty_time). */
  private static @Nullable Long seconds(String text) {
    Matcher time = TIME.matcher(text);
    long seconds = 0;
    boolean found = false;
    while (time.find()) {
      found = true;
      long unit =
          switch (time.group(2)) {
            case "year" -> 365L * 86_400;
            case "day" -> 86_400;
            case "hour" -> 3_600;
            case "minute" -> 60;
            default -> 1;
          };
      seconds += Long.parseLong(time.group(1)) * unit;
    }
    return found ? Long.valueOf(seconds) : null;
  }

  private String line(String label) {
    return lines.getOrDefault(label, "");
  }

  private String word(String label) {
    return line(label).split("\\s+", 2)[0];
  }
}
