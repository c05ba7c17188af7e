package io.wgwhy.connectors.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wgwhy.connectors.sink.Notice;
import io.wgwhy.connectors.sink.Words;
import io.wgwhy.facts.finding.Finding;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A message, as RFC 5424 has it: identity as structured data, the verdict as its text. */
final class Entry {
  /** Local use 0 to 7 are ours to choose from; 3 is what system daemons have. */
  private static final int DAEMON = 3 * 8;

  private static final int MOST_HOST_NAME = 255;

  /** No number of our own; 32473 is the one for documentation (RFC 5612). */
  private static final String DATA_ID = "wgwhy@32473";

  private Entry() {}

  static byte[] of(Notice notice, String ownName) {
    Finding finding = notice.finding();
    Map<String, String> data = new LinkedHashMap<>();
    data.put("id", notice.id());
    data.put("finding", finding.id());
    data.put("tenant", notice.tenant().name());
    data.put("network", finding.network());
    data.put("cause", finding.cause());
    data.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    data.put("confidence", finding.confidence().name().toLowerCase(Locale.ROOT));
    data.put("hosts", String.join(",", Words.hosts(finding)));
    String entry =
        "<%d>1 %s %s wgwhy - %s [%s %s] \uFEFF%s"
            .formatted(
                DAEMON + severity(notice),
                finding.updatedAt().truncatedTo(ChronoUnit.MILLIS),
                name(ownName),
                notice.event().text(),
                DATA_ID,
                data.entrySet().stream()
                    .map(it -> it.getKey() + "=\"" + value(it.getValue()) + "\"")
                    .collect(Collectors.joining(" ")),
                text(notice));
    return entry.getBytes(UTF_8);
  }

  private static String text(Notice notice) {
    Finding finding = notice.finding();
    String remedy = Words.line(finding.remedy().summary());
    return Words.headline(notice)
        + " | "
        + Words.ends(finding)
        + " | "
        + Words.symptom(finding)
        + (notice.isOpen() && !remedy.isEmpty() ? " | " + remedy : "");
  }

  /** 2 critical, 3 error, 4 warning, 5 notice. */
  private static int severity(Notice notice) {
    if (!notice.isOpen()) {
      return 5;
    }
    return switch (notice.finding().severity()) {
      case CRITICAL -> 2;
      case MAJOR -> 3;
      case WARNING -> 4;
    };
  }

  /** Printable ASCII without spaces. */
  private static String name(String text) {
    String name = text.replaceAll("[^!-~]", "");
    return name.isEmpty() ? "-" : name.substring(0, Math.min(MOST_HOST_NAME, name.length()));
  }

  /** Of a value, three characters are escaped (RFC 5424, 6.3.3). */
  private static String value(String text) {
    return Words.line(text).replaceAll("([\\\\\"\\]])", "\\\\$1");
  }
}
