package io.wgwhy.connectors.collect.host;

import io.wgwhy.connectors.collect.output.Numbers;
import io.wgwhy.connectors.collect.output.Word;
import io.wgwhy.facts.Answer;
import io.wgwhy.facts.Links.Counters;
import io.wgwhy.facts.Links.Link;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The line with which ip(8) begins an interface, in {@code ip link} and {@code ip address} alike:
 *
 * <pre>{@code
 * 2: eth0@if13: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT
 * }</pre>
 *
 * @param name without the part from {@code @} on, which names the link's other end
 * @param up whether UP stands among the flags
 */
record LinkHeader(String name, Answer up, @Nullable Integer mtu) {
  private static final Pattern LINE =
      Pattern.compile(
          "^\\s*\\d{1,9}: ([^\\s:@]{1,32})(?:@[^\\s:]{1,32})?:\\s+<([^>]{0,300})>(?:.*?\\bmtu (\\d+))?");

  static @Nullable LinkHeader tryParse(String line) {
    Matcher header = LINE.matcher(line);
    return header.find()
        ? new LinkHeader(
            Word.of(header.group(1)), upIn(header.group(2)), Numbers.small(header.group(3)))
        : null;
  }

  /** Whether flags as printed between angle brackets hold UP (not LOWER_UP, which is the cable). */
  static Answer upIn(String flags) {
    return Answer.of(Arrays.asList(flags.split(",")).contains("UP"));
  }

  Link with(@Nullable Counters counters) {
    return new Link(name, up, mtu, counters);
  }
}
