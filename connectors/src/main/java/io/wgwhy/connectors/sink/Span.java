package io.wgwhy.connectors.sink;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as people write it: {@code 30s}, {@code 5m}, {@code 2h}, {@code 7d}. */
public record Span(Duration length) {
  private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,5})\\s*(ms|s|m|h|d)");

  /**
   * @throws BadSetting if it is none
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Span of(String text) {
    Matcher found = TEXT.matcher(text.strip());
    if (!found.matches()) {
      throw new BadSetting("is no length of time: write 30s, 5m, 2h or 7d");
    }
    long count = Long.parseLong(found.group(1));
    return new Span(
        switch (found.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        });
  }
}
