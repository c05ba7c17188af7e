package io.wgwhy.connectors.collect.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wgwhy.connectors.collect.output.Numbers;
import java.util.Set;

/**
 * One rule in nft's words (nft(8)), as the statements that nft prints for it with {@code -j}.
 *
 * <pre>{@code
 * iifname "wg0" ip saddr 10.0.0.0/8 udp dport { 53, 5353 } ct state new counter packets 1 bytes 2 accept
 * }</pre>
 */
final class NftRuleText {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Keys of meta that may stand without the word meta (nft(8), "META EXPRESSIONS"). */
  private static final Set<String> META =
      Set.of("iif", "iifname", "oif", "oifname", "mark", "skuid", "skgid", "iifgroup", "oifgroup");

  private static final Set<String> HEADERS =
      Set.of(
          "ip", "ip6", "udp", "tcp", "th", "icmp", "icmpv6", "sctp", "dccp", "udplite", "ether",
          "vlan", "esp", "ah", "arp");

  private static final Set<String> BARE =
      Set.of("accept", "drop", "continue", "return", "masquerade", "notrack", "redirect");

  /** Where the words of a statement that is not read in detail end. */
  private static final String NEXT_STATEMENT =
      "counter|log|comment|accept|drop|return|jump|goto|xt|[,}]";

  private final NftWords words;
  private final NftValues values;

  NftRuleText(String text) {
    // nft -a appends the handle as a comment.
    words = new NftWords(text.replaceFirst("\\s# handle \\d+\\s*$", ""));
    values = new NftValues(words, this::statement);
  }

  /** The elements of a set or map: {@code { 22, 80-90 }}. */
  static JsonNode elements(String text, boolean map) {
    return new NftRuleText(text).values.set(map).path("set");
  }

  /** Opening braces less closing ones, outside of quotes. */
  static int balance(String text) {
    String bare = text.replaceAll("\"[^\"]*\"", "");
    return (int)
        (bare.chars().filter(c -> c == '{').count() - bare.chars().filter(c -> c == '}').count());
  }

  ArrayNode statements() {
    ArrayNode statements = JSON.arrayNode();
    while (!words.atEnd()) {
      statements.add(statement());
    }
    return statements;
  }

  private ObjectNode statement() {
    String word = words.next();
    switch (word) {
      case "counter" -> {
        return counter();
      }
      case "jump", "goto" -> {
        return wrap(word, wrap("target", JSON.textNode(words.unquoted())));
      }
      case "log" -> {
        while (words.peekMatches("prefix|level|group|flags|snaplen|queue-threshold")) {
          words.next();
          values.list();
        }
        return wrap("log", JSON.nullNode());
      }
      case "limit", "quota" -> {
        while (words.peekMatches(
            "rate|over|until|used|burst|packets|bytes|name|\\d+\\S*|\\w?bytes.*|.*/.*|\".*")) {
          words.next();
        }
        return wrap(word, JSON.nullNode());
      }
      case "comment" -> {
        words.next();
        return wrap("comment", JSON.nullNode());
      }
      case "reject", "queue" -> {
        words.skipTo(NEXT_STATEMENT);
        return wrap(word, JSON.nullNode());
      }
      case "snat", "dnat" -> {
        return translation(word);
      }
      case "flow" -> {
        words.skip(2); // "flow add @table"
        return wrap(word, JSON.nullNode());
      }
      case "xt" -> {
        ObjectNode xt = JSON.objectNode().put("type", words.next()).put("name", words.unquoted());
        return wrap("xt", xt);
      }
      case "add", "update", "delete" -> {
        return element();
      }
      default -> {
        if (BARE.contains(word)) {
          if (word.equals("masquerade") || word.equals("redirect")) {
            words.skipTo(NEXT_STATEMENT);
          }
          return wrap(word, JSON.nullNode());
        }
        words.back();
        return startsExpression() ? match() : unknown();
      }
    }
  }

  private ObjectNode counter() {
    ObjectNode counter = JSON.objectNode();
    if (words.peekIs("packets")) {
      words.next();
      Long packets = Numbers.whole(words.next());
      if (packets != null) {
        counter.put("packets", packets);
      }
      if (words.peekIs("bytes")) {
        words.next();
        words.next();
      }
    } else if (words.peekIs("name")) {
      words.next();
      words.next();
    }
    return wrap("counter", counter);
  }

  /** {@code add @banned { ip saddr limit rate over 10/minute }}: what is inside may match. */
  private ObjectNode element() {
    ObjectNode set = JSON.objectNode();
    words.skipTo("[{]");
    int depth = 0;
    do {
      String word = words.next();
      depth += word.equals("{") ? 1 : word.equals("}") ? -1 : 0;
      if (word.matches("limit|count|quota")) {
        set.put("stmt", true);
      }
    } while (depth > 0 && !words.atEnd());
    return wrap("set", set);
  }

  /** {@code dnat ip to 172.17.0.2:51820 random}. */
  private ObjectNode translation(String word) {
    ObjectNode translation = JSON.objectNode();
    while (words.peekMatches("ip6?|prefix|to")) {
      boolean address = words.next().equals("to");
      if (address && words.peekMatches("\\[?[0-9a-fA-F.:]+\\]?(?:[-:].*)?")) {
        translation.put("addr", words.next());
      }
    }
    words.skipTo(NEXT_STATEMENT);
    return wrap(word, translation);
  }

  private boolean startsExpression() {
    String word = words.peek();
    return META.contains(word)
        || HEADERS.contains(word)
        || word.matches("meta|ct|fib|rt|socket|osf|exthdr|tcp");
  }

  private ObjectNode match() {
    JsonNode left = left();
    if (words.peekIs(".")) {
      ArrayNode parts = JSON.arrayNode().add(left);
      while (words.peekIs(".")) {
        words.next();
        parts.add(left());
      }
      left = wrap("concat", parts);
    }
    String operator = words.peek();
    if (operator.equals("vmap")) {
      words.next();
      ObjectNode map = JSON.objectNode();
      map.set("key", left);
      map.set("data", words.peekIs("{") ? values.set(true) : JSON.textNode(words.next()));
      return wrap("vmap", map);
    }
    if (operator.equals("set")) {
      words.skipTo(NEXT_STATEMENT);
      return wrap("mangle", JSON.nullNode());
    }
    ObjectNode match = JSON.objectNode();
    if (operator.matches("&|and|\\||or|\\^|<<|>>|map")) {
      while (!words.atEnd() && !words.peekMatches("==|!=?|<=?|>=?")) {
        words.next();
      }
      left = wrap("&", JSON.nullNode());
    }
    match.put("op", words.peekMatches("==|!=?|<=?|>=?|in") ? words.next() : "==");
    match.set("left", left);
    match.set("right", values.list());
    if (words.peekIs("/")) {
      // "tcp flags syn / fin,syn": a mask behind the value
      words.next();
      values.list();
      match.set("left", wrap("&", JSON.nullNode()));
    }
    return wrap("match", match);
  }

  private JsonNode left() {
    String word = words.next();
    if (META.contains(word)) {
      return wrap("meta", wrap("key", JSON.textNode(word)));
    }
    if (word.equals("meta")) {
      return wrap("meta", wrap("key", JSON.textNode(words.next())));
    }
    if (word.equals("ct")) {
      String key = words.next();
      if (key.matches("original|reply|count")) {
        // A key of one direction, or a limit on connections: neither is understood.
        words.skip(words.peekMatches("ip6?") ? 2 : 1);
      }
      return wrap("ct", wrap("key", JSON.textNode(key)));
    }
    if (word.equals("fib")) {
      ArrayNode flags = JSON.arrayNode().add(words.next());
      while (words.peekIs(".")) {
        words.next();
        flags.add(words.next());
      }
      ObjectNode fib = JSON.objectNode().put("result", words.next());
      fib.set("flags", flags);
      return wrap("fib", fib);
    }
    if (HEADERS.contains(word) && words.peekIs("option")) {
      words.skip(3); // "tcp option maxseg size"
      return wrap("option", JSON.nullNode());
    }
    if (HEADERS.contains(word)) {
      return wrap("payload", JSON.objectNode().put("protocol", word).put("field", words.next()));
    }
    String key = !words.atEnd() ? words.next() : "";
    return wrap(word.matches("[a-z]+") ? word : "expression", JSON.textNode(key));
  }

  private ObjectNode unknown() {
    words.next();
    return wrap("unknown", JSON.nullNode());
  }

  private static ObjectNode wrap(String name, JsonNode value) {
    ObjectNode object = JSON.objectNode();
    object.set(name, value);
    return object;
  }
}
