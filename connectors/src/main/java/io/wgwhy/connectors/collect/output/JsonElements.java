package io.wgwhy.connectors.collect.output;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The elements of the first array in a JSON output ({@code ip -j}, {@code nft -j}): as many as can
 * be read, so that an output cut in the middle still tells what stood before the cut.
 *
 * @param elements the objects of the array
 * @param whole whether the array was closed
 */
public record JsonElements(List<JsonNode> elements, boolean whole) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern START =
      Pattern.compile("(?:\\s*+#[^\\n]*+\\n)*+\\s*+(\\[\\s*+[{\\]]|\\{\\s*+\")");

  /** Whether the text is JSON at all, behind the warnings that nft prints before it. */
  public static boolean looksLike(String text) {
    return START.matcher(text).lookingAt();
  }

  /** Reads the first array of a text; none, and not whole, when there is no array. */
  public static JsonElements of(String text) {
    List<JsonNode> elements = new ArrayList<>();
    Matcher start = START.matcher(text);
    int array = start.lookingAt() ? text.indexOf('[', start.start(1)) : -1;
    if (array < 0) {
      return new JsonElements(elements, false);
    }
    try (JsonParser parser = JSON.createParser(text.substring(array))) {
      parser.nextToken();
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        if (token == null) {
          return new JsonElements(elements, false);
        }
        JsonNode element = JSON.readTree(parser);
        if (element.isObject()) {
          elements.add(element);
        }
      }
      return new JsonElements(elements, true);
    } catch (IOException cutOrBroken) {
      return new JsonElements(elements, false);
    }
  }

  /** The elements; a cut is told to the reading. */
  public static List<JsonNode> read(String text, Reading reading) {
    JsonElements all = of(text);
    if (!all.whole()) {
      reading.skip(0, "the JSON ends in the middle");
    }
    return all.elements();
  }

  /** A member's text or number as a word; null when it is absent. */
  public static @Nullable String word(JsonNode node, String member) {
    JsonNode value = node.get(member);
    return value == null || !value.isValueNode() || value.isNull() ? null : Word.of(value.asText());
  }

  /** An element of an array as a word; null when it is absent. */
  public static @Nullable String word(JsonNode array, int index) {
    JsonNode value = array.get(index);
    return value == null || !value.isValueNode() ? null : Word.of(value.asText());
  }

  /** A member's number; null when it is absent or no whole number. */
  public static @Nullable Long number(JsonNode node, String member) {
    JsonNode value = node.get(member);
    return value != null && value.canConvertToLong() && value.isIntegralNumber()
        ? Long.valueOf(value.longValue())
        : null;
  }
}
