package io.wgwhy.connectors.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.connectors.collect.output.Unread;
import io.wgwhy.facts.Observation;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording: observations as JSON lines. A line that cannot be read is told with its
 * number; its neighbours are read.
 */
public final class RecordingReader {
  /** Longer lines are passed over without being held in memory. */
  static final int LONGEST_LINE = 16 << 20;

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build()
          .reader();

  private RecordingReader() {}

  /**
   * Reads to the end.
   *
   * @param observations takes each observation, in order
   * @param unread takes each line that is none
   */
  public static void read(
      InputStream recording, Consumer<Observation> observations, Consumer<Unread> unread)
      throws IOException {
    InputStream in = new BufferedInputStream(recording);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int number = 0;
    boolean more = true;
    while (more) {
      number++;
      line.reset();
      long length = 0;
      int next = in.read();
      while (next >= 0 && next != '\n') {
        if (++length <= LONGEST_LINE) {
          line.write(next);
        }
        next = in.read();
      }
      more = next >= 0;
      String text = line.toString(StandardCharsets.UTF_8).replace("\ufeff", "").strip();
      if (length > LONGEST_LINE) {
        unread.accept(new Unread(number, "the line is too long"));
      } else if (!text.isEmpty()) {
        line(number, text, observations, unread);
      }
    }
  }

  private static void line(
      int number, String text, Consumer<Observation> observations, Consumer<Unread> unread) {
    Observation observation;
    try {
      observation = observation(JSON.readTree(text));
    } catch (JsonProcessingException notJson) {
      // Its message would quote the line.
      unread.accept(new Unread(number, "not a JSON object"));
      return;
    } catch (WrongField wrong) {
      unread.accept(new Unread(number, wrong.reason));
      return;
    }
    observations.accept(observation);
  }

  private static Observation observation(@Nullable JsonNode json) throws WrongField {
    if (json == null || !json.isObject()) {
      throw new WrongField("not a JSON object");
    }
    Double at = number(json, "at");
    String host = text(json, "host");
    String command = text(json, "command");
    String output = text(json, "output");
    if (at == null || host == null || output == null) {
      throw new WrongField("at, host or output is missing");
    }
    JsonNode exit = json.get("exit");
    boolean none = exit == null || exit.isNull();
    if (!none && !(exit.isIntegralNumber() && exit.canConvertToInt())) {
      throw new WrongField("exit is no whole number");
    }
    return new Observation(
        at,
        host,
        command == null ? "" : command,
        none ? null : Integer.valueOf(exit.intValue()),
        output,
        number(json, "receivedAt"),
        text(json, "network"),
        text(json, "tenant"));
  }

  private static @Nullable Double number(JsonNode json, String field) throws WrongField {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw new WrongField(field + " is no number");
    }
    return value.doubleValue();
  }

  private static @Nullable String text(JsonNode json, String field) throws WrongField {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new WrongField(field + " is no text");
    }
    return value.textValue();
  }

  /** A field has the wrong type. */
  private static final class WrongField extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    WrongField(String reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
