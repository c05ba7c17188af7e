package io.wgwhy.connectors.collect.router;

import io.wgwhy.connectors.collect.output.Cidr;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.facts.Addresses;
import io.wgwhy.facts.Addresses.AddressOn;
import io.wgwhy.facts.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /ip/address/print} of RouterOS 6 and 7 shows.
 *
 * <pre>
 * Columns: ADDRESS, NETWORK, INTERFACE
 * #   ADDRESS          NETWORK       INTERFACE
 * ;;; defconf
 * 0   192.168.88.1/24  192.168.88.0  bridge
 * 1 D 203.0.113.5/24   203.0.113.0   ether1
 * </pre>
 */
final class RouterOsAddresses {
  /** The heading of the table, as a part of a pattern. */
  static final String HEADING = "^\\s*#\\s+ADDRESS\\s+(?:NETWORK\\s+)?INTERFACE\\b";

  private static final Pattern TABLE = Pattern.compile("(?m)" + HEADING);

  private static final Pattern ROW =
      Pattern.compile(
          "\\s*(?:\\d{1,4}\\s+)?([A-Z]{1,4}\\s+)?([0-9.]{7,15}/\\d{1,2})\\s+"
              + "(?:[0-9.]{7,15}\\s+)?([\\w.@+-]{1,32})(?:\\s.*)?");

  private RouterOsAddresses() {}

  /** The addresses that are in use; null when the output holds no such table. */
  static @Nullable Addresses of(Observation observation) {
    if (!TABLE.matcher(observation.output()).find()) {
      return null;
    }
    List<AddressOn> addresses = new ArrayList<>();
    for (String line : TextLines.of(observation.output())) {
      Matcher row = ROW.matcher(line);
      // X is disabled, I is invalid.
      if (row.matches()
          && (row.group(1) == null || !row.group(1).matches("\\w*[XI]\\w*\\s+"))
          && Cidr.isPrefix(row.group(2))) {
        addresses.add(new AddressOn(row.group(3), row.group(2), ""));
      }
    }
    return new Addresses(observation.host(), observation.atMillis(), addresses);
  }
}
