package io.wgwhy.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wgwhy.cli.report.Look.Ink;
import io.wgwhy.connectors.kafka.DeadLetter;
import io.wgwhy.engine.stream.Refusal;
import io.wgwhy.facts.Tenant;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dead letters, for people and for programs. */
public final class DeadLetterText {
  private static final JsonMapper JSON = new JsonMapper();
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Of an engine that told reasons by their words only. */
  private static final String OTHER = "other";

  /** Enough to see whose it is; the rest is for programs. */
  private static final int MOST_SHOWN = 2_000;

  /** As wide as the longest of what the lines begin with. */
  private static final int NAME = "stood at".length();

  private final Look look;

  public DeadLetterText(Look look) {
    this.look = look;
  }

  /** The kind of its reason, as it is counted. */
  public static String kind(DeadLetter letter) {
    return letter.refusal() == null ? OTHER : letter.refusal();
  }

  /**
   * One tenant's.
   *
   * @param counts how many there are of each kind, also of those that are not shown
   */
  public String list(Tenant tenant, List<DeadLetter> newest, Map<String, Long> counts) {
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    StringBuilder text = new StringBuilder();
    text.append(look.paint(Ink.BOLD, tenant.name() + ": " + all + " refused")).append("  (");
    counts.forEach(
        (kind, count) -> text.append(look.clean(kind)).append(' ').append(count).append(", "));
    text.setLength(text.length() - 2);
    text.append(")\n");
    Table table = new Table(look, List.of("NUMBER", "WHEN (UTC)", "NETWORK", "STOOD AT", "REASON"));
    newest.forEach(
        it ->
            table.row(
                false,
                List.of(
                    String.valueOf(it.number()),
                    MOMENT.format(it.at()),
                    network(it),
                    place(it),
                    it.reason())));
    return text.append(table.print()).toString();
  }

  /**
   * In one line, after it was looked at again.
   *
   * @param now why it would be refused now; null if it would not
   */
  public String line(DeadLetter letter, @Nullable Refusal now) {
    String text =
        now == null
            ? "%d: taken back (was: %s)".formatted(letter.number(), letter.reason())
            : "%d: left, it would be refused again: %s".formatted(letter.number(), now.code());
    return look.clean(text);
  }

  /** All there is to say of one. */
  public String whole(DeadLetter letter, @Nullable Refusal now) {
    Optional<Refusal> known = Optional.ofNullable(letter.refusal()).flatMap(Refusal::ofCode);
    StringBuilder text = new StringBuilder();
    String title = "Dead letter %d of %s".formatted(letter.number(), letter.tenant());
    text.append(look.paint(Ink.BOLD, title)).append('\n');
    line(text, "refused", MOMENT.format(letter.at()) + " UTC: " + letter.reason());
    known.ifPresent(
        it -> {
          line(text, "meaning", it.meaning());
          line(text, "to do", it.advice());
        });
    line(
        text, "now", now == null ? "it would be taken: replay it" : "refused again: " + now.code());
    line(text, "stood at", place(letter));
    line(text, "network", network(letter));
    line(text, "value", value(letter));
    return text.toString();
  }

  /**
   * As one line of JSON.
   *
   * @param taken whether it would be taken in now; null when nobody looked
   */
  public static String json(DeadLetter letter, @Nullable Boolean taken) {
    ObjectNode json = JSON.createObjectNode();
    json.put("tenant", letter.tenant().name());
    json.put("number", letter.number());
    json.put("at", letter.at().toString());
    json.put("refusal", letter.refusal());
    json.put("reason", letter.reason());
    Optional.ofNullable(letter.refusal())
        .flatMap(Refusal::ofCode)
        .ifPresent(it -> json.put("meaning", it.meaning()).put("advice", it.advice()));
    if (taken != null) {
      json.put("wouldBeTaken", taken);
    }
    if (letter.origin() == null) {
      json.putNull("origin");
    } else {
      json.putPOJO("origin", letter.origin());
    }
    json.put("leftOut", letter.leftOut());
    bytes(json, "network", letter.key());
    bytes(json, "value", letter.value());
    try {
      return Clean.json(JSON.writeValueAsString(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a dead letter cannot be written as JSON", e);
    }
  }

  /** As text where it is text; else as base64 under another name. */
  private static void bytes(ObjectNode json, String name, byte @Nullable [] bytes) {
    String text = bytes == null ? null : text(bytes);
    if (bytes != null && text == null) {
      json.put(name + "Base64", Base64.getEncoder().encodeToString(bytes));
    } else {
      json.put(name, text);
    }
  }

  private static @Nullable String text(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private void line(StringBuilder text, String name, String says) {
    String indent = " ".repeat(NAME + 4);
    List<String> lines = Wrap.lines(look.clean(says), look.width() - indent.length());
    String label = look.paint(Ink.FAINT, FindingLine.padded(name, NAME));
    text.append("  ").append(label).append("  ");
    text.append(String.join("\n" + indent, lines)).append('\n');
  }

  private static String network(DeadLetter letter) {
    return letter.key() == null ? "none" : new String(letter.key(), UTF_8);
  }

  private static String place(DeadLetter letter) {
    DeadLetter.Origin origin = letter.origin();
    return origin == null
        ? "unknown"
        : "partition %d, offset %d".formatted(origin.partition(), origin.offset());
  }

  private static String value(DeadLetter letter) {
    if (letter.value() == null) {
      return letter.leftOut() == null ? "none" : "left out: " + letter.leftOut();
    }
    String text = new String(letter.value(), UTF_8);
    return text.length() <= MOST_SHOWN
        ? text
        : text.substring(0, MOST_SHOWN) + " ... (%d bytes)".formatted(letter.value().length);
  }
}
