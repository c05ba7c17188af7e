package io.wgwhy.connectors.collect.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;

/** Values in nft's words: one, several with commas, sets, maps and concatenations. */
final class NftValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** nft nests a map in a map's verdict at most; deeper is nobody's ruleset. */
  private static final int DEEPEST = 8;

  private final NftWords words;
  private final Supplier<ObjectNode> statement;
  private int depth;

  /**
   * @param statement reads the verdict of a map's element
   */
  NftValues(NftWords words, Supplier<ObjectNode> statement) {
    this.words = words;
    this.statement = statement;
  }

  /** One value, or several with commas between them: {@code established,related}. */
  JsonNode list() {
    JsonNode first = value();
    if (!words.peekIs(",")) {
      return first;
    }
    ArrayNode list = JSON.arrayNode().add(first);
    while (words.peekIs(",")) {
      words.next();
      list.add(value());
    }
    return list;
  }

  private JsonNode value() {
    return words.peekIs("{") ? set(false) : single();
  }

  private JsonNode single() {
    JsonNode first = JSON.textNode(words.unquoted());
    if (!words.peekIs(".")) {
      return first;
    }
    ArrayNode parts = JSON.arrayNode().add(first);
    while (words.peekIs(".")) {
      words.next();
      parts.add(words.unquoted());
    }
    ObjectNode concatenation = JSON.objectNode();
    concatenation.set("concat", parts);
    return concatenation;
  }

  /** {@code { 22, 80-90 timeout 1h }} or {@code { established : accept, new : jump fresh }}. */
  ObjectNode set(boolean map) {
    ArrayNode elements = JSON.arrayNode();
    depth++;
    words.next();
    while (!words.atEnd() && !words.peekIs("}")) {
      JsonNode key = single();
      words.skipTo("[,}:]"); // a timeout, a counter or a comment of the element
      if (map && words.peekIs(":") && depth < DEEPEST) {
        words.next();
        elements.add(JSON.arrayNode().add(key).add(statement.get()));
      } else {
        elements.add(key);
      }
      words.skipTo("[,}]");
      if (words.peekIs(",")) {
        words.next();
      }
    }
    words.next();
    depth--;
    ObjectNode set = JSON.objectNode();
    set.set("set", elements);
    return set;
  }
}
