package io.wgwhy.connectors.collect.router;

import io.wgwhy.connectors.collect.output.Secrets;
import io.wgwhy.connectors.collect.router.RouterOsEntries.Entry;
import io.wgwhy.connectors.collect.wg.WgPeers;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Endpoint;
import io.wgwhy.facts.Observation;
import io.wgwhy.facts.PresharedKey;
import io.wgwhy.facts.WgPeer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A peer that RouterOS printed. Versions differ in which empty properties they print: what is not
 * there is unknown.
 */
record RouterOsPeer(Entry entry) {
  private static final Pattern AMOUNT =
      Pattern.compile("(\\d{1,10}(?:\\.\\d{1,4})?)(B|KiB|MiB|GiB|TiB)?");
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})(w|d|h|m|s)");
  private static final Pattern CLOCK =
      Pattern.compile("((?:\\d{1,6}[wd])*)(\\d{1,2}):(\\d{2}):(\\d{2})");

  WgPeer fact(Observation observation, String device, int ordinal, Secrets secrets) {
    String key = entry.get("public-key");
    Long received = bytes("rx");
    Long age = seconds(entry.get("last-handshake"));
    Long handshake = age == null ? null : Long.valueOf((long) Math.floor(observation.at()) - age);
    if (age == null && !entry.has("last-handshake") && Long.valueOf(0).equals(received)) {
      handshake = 0L; // no handshake without a packet received
    }
    Endpoint endpoint = endpoint();
    return new WgPeer(
        observation.host(),
        observation.atMillis(),
        device,
        Secrets.isKey(key) ? key : null,
        ordinal,
        presharedKey(secrets),
        endpoint,
        hasEndpoint(endpoint),
        allowedIps(),
        handshake,
        age,
        received,
        bytes("tx"),
        keepalive());
  }

  private @Nullable Endpoint endpoint() {
    String address = entry.get("current-endpoint-address");
    String port = entry.get("current-endpoint-port");
    return address.isEmpty() || port.isEmpty() || port.equals("0")
        ? null
        : WgPeers.endpoint((address.contains(":") ? "[" + address + "]" : address) + ":" + port);
  }

  /** A name that was not looked up so far is an endpoint to be, so that nothing can be said. */
  private Answer hasEndpoint(@Nullable Endpoint endpoint) {
    boolean none =
        entry.has("current-endpoint-address")
            && entry.get("current-endpoint-address").isEmpty()
            && entry.has("endpoint-address")
            && entry.get("endpoint-address").isEmpty();
    return endpoint != null ? Answer.YES : none ? Answer.NO : Answer.UNKNOWN;
  }

  private PresharedKey presharedKey(Secrets secrets) {
    if (!entry.has("preshared-key")) {
      return PresharedKey.UNKNOWN;
    }
    String key = entry.get("preshared-key");
    return key.isEmpty() ? PresharedKey.ABSENT : secrets.presharedKey(key);
  }

  private @Nullable List<String> allowedIps() {
    if (!entry.has("allowed-address")) {
      return null;
    }
    String prefixes = entry.get("allowed-address");
    return prefixes.isEmpty() ? List.of() : WgPeers.allowedIps(prefixes);
  }

  private @Nullable Integer keepalive() {
    Long seconds = seconds(entry.get("persistent-keepalive"));
    return seconds == null || seconds > 65535 ? null : Integer.valueOf(seconds.intValue());
  }

  private @Nullable Long bytes(String property) {
    Matcher amount = AMOUNT.matcher(entry.get(property));
    if (!amount.matches()) {
      return null;
    }
    String unit = amount.group(2) == null ? "B" : amount.group(2);
    return Math.round(
        Double.parseDouble(amount.group(1)) * Math.pow(1024, "BKMGT".indexOf(unit.charAt(0))));
  }

  /** {@code 1w2d3h4m5s}, {@code 1d02:03:04}; null when it is no time. */
  static @Nullable Long seconds(String text) {
    Matcher clock = CLOCK.matcher(text);
    if (clock.matches()) {
      return units(clock.group(1))
          + Long.parseLong(clock.group(2)) * 3600
          + Long.parseLong(clock.group(3)) * 60
          + Long.parseLong(clock.group(4));
    }
    return text.matches("(?:\\d{1,6}[wdhms])+") ? Long.valueOf(units(text)) : null;
  }

  private static long units(String text) {
    Matcher time = TIME.matcher(text);
    long seconds = 0;
    while (time.find()) {
      long unit =
          switch (time.group(2)) {
            case "w" -> 7 * 86_400;
            case "d" -> 86_400;
            case "h" -> 3_600;
            case "m" -> 60;
            default -> 1;
          };
      seconds += Long.parseLong(time.group(1)) * unit;
    }
    return seconds;
  }
}
