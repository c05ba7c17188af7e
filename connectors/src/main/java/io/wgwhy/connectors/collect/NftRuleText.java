package io.wgwhy.connectors.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One rule in nft's words (nft(8)), as the statements that nft prints for it with {@code -j}.
 *
 * <pre>{@code
 * iifname "wg0" ip saddr 10.0.0.0/8 udp dport { 53, 5353 } ct state new counter packets 1 bytes 2 accept
 * }</pre>
 */
final class NftRuleText {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"?|[{}]|,|[^\\s{},\"]+");

  /** Keys of meta that may stand without the word meta (nft(8), "META EXPRESSIONS"). */
  private static final Set<String> META =
      Set.of("iif", "iifname", "oif", "oifname", "mark", "skuid", "skgid", "iifgroup", "oifgroup");

  private static final Set<String> HEADERS =
      Set.of(
          "ip", "ip6", "udp", "tcp", "th", "icmp", "icmpv6", "sctp", "dccp", "udplite", "ether",
          "vlan", "esp", "ah", "arp");

  private static final Set<String> BARE =
      Set.of("accept", "drop", "continue", "return", "masquerade", "notrack", "redirect");

  private final List<String> tokens = new ArrayList<>();
  private int at;

  NftRuleText(String text) {
    // nft -a appends the handle as a comment.
    Matcher token = TOKEN.matcher(text.replaceFirst("\\s# handle \\d+\\s*$", ""));
    while (token.find()) {
      tokens.add(token.group());
    }
  }

  /** Opening braces less closing ones, outside of quotes. */
  static int balance(String text) {
    String bare = text.replaceAll("\"[^\"]*\"", "");
    return (int)
        (bare.chars().filter(c -> c == '{').count() - bare.chars().filter(c -> c == '}').count());
  }

  ArrayNode statements() {
    ArrayNode statements = JSON.arrayNode();
    while (at < tokens.size()) {
      statements.add(statement());
    }
    return statements;
  }

  private ObjectNode statement() {
    String word = next();
    switch (word) {
      case "counter" -> {
        return counter();
      }
      case "jump", "goto" -> {
        return wrap(word, wrap("target", JSON.textNode(unquoted(next()))));
      }
      case "log" -> {
        while (peek().matches("prefix|level|group|flags|snaplen|queue-threshold")) {
          next();
          list();
        }
        return wrap("log", JSON.nullNode());
      }
      case "limit", "quota" -> {
        while (peek()
            .matches(
                "rate|over|until|used|burst|packets|bytes|name|\\d+\\S*|\\w?bytes.*|.*/.*|\".*")) {
          next();
        }
        return wrap(word, JSON.nullNode());
      }
      case "comment" -> {
        next();
        return wrap("comment", JSON.nullNode());
      }
      case "reject", "queue" -> {
        skipUntilStatement();
        return wrap(word, JSON.nullNode());
      }
      case "snat", "dnat" -> {
        return translation(word);
      }
      case "xt" -> {
        ObjectNode xt = JSON.objectNode().put("type", next()).put("name", unquoted(next()));
        return wrap("xt", xt);
      }
      case "add", "update", "flow" -> {
        ObjectNode set = JSON.objectNode();
        while (at < tokens.size() && !peek().equals("{")) {
          next();
        }
        JsonNode inside = value();
        if (inside.toString().contains("limit") || inside.toString().contains("count")) {
          set.put("stmt", true);
        }
        return wrap("set", set);
      }
      default -> {
        if (BARE.contains(word)) {
          if (word.equals("masquerade") || word.equals("redirect")) {
            skipUntilStatement();
          }
          return wrap(word, JSON.nullNode());
        }
        at--;
        return startsExpression() ? match() : unknown();
      }
    }
  }

  private ObjectNode counter() {
    ObjectNode counter = JSON.objectNode();
    if (peek().equals("packets")) {
      next();
      Long packets = Numbers.whole(next());
      if (packets != null) {
        counter.put("packets", packets);
      }
      if (peek().equals("bytes")) {
        next();
        next();
      }
    } else if (peek().equals("name")) {
      next();
      next();
    }
    return wrap("counter", counter);
  }

  /** {@code dnat ip to 172.17.0.2:51820 random}. */
  private ObjectNode translation(String word) {
    ObjectNode translation = JSON.objectNode();
    while (peek().matches("ip6?|prefix|to")) {
      boolean address = next().equals("to");
      if (address && peek().matches("\\[?[0-9a-fA-F.:]+\\]?(?:[-:].*)?")) {
        translation.put("addr", next());
      }
    }
    skipUntilStatement();
    return wrap(word, translation);
  }

  private boolean startsExpression() {
    String word = peek();
    return META.contains(word)
        || HEADERS.contains(word)
        || word.matches("meta|ct|fib|rt|socket|osf|exthdr|tcp");
  }

  private ObjectNode match() {
    JsonNode left = left();
    if (peek().equals(".")) {
      ArrayNode parts = JSON.arrayNode().add(left);
      while (peek().equals(".")) {
        next();
        parts.add(left());
      }
      left = wrap("concat", parts);
    }
    String operator = peek();
    if (operator.equals("vmap")) {
      next();
      ObjectNode map = JSON.objectNode();
      map.set("key", left);
      map.set("data", peek().equals("{") ? setOrMap(true) : JSON.textNode(next()));
      return wrap("vmap", map);
    }
    if (operator.equals("set")) {
      skipUntilStatement();
      return wrap("mangle", JSON.nullNode());
    }
    ObjectNode match = JSON.objectNode();
    if (operator.matches("&|and|\\||or|\\^|<<|>>|map")) {
      while (at < tokens.size() && !peek().matches("==|!=|<=?|>=?")) {
        next();
      }
      left = wrap("&", JSON.nullNode());
    }
    match.put("op", peek().matches("==|!=|<=?|>=?|in") ? next() : "==");
    match.set("left", left);
    match.set("right", list());
    return wrap("match", match);
  }

  private JsonNode left() {
    String word = next();
    if (META.contains(word)) {
      return wrap("meta", wrap("key", JSON.textNode(word)));
    }
    if (word.equals("meta")) {
      return wrap("meta", wrap("key", JSON.textNode(next())));
    }
    if (word.equals("ct")) {
      String key = next();
      if (key.matches("original|reply|count")) {
        next(); // a key of one direction, or a limit on connections: neither is understood
      }
      return wrap("ct", wrap("key", JSON.textNode(key)));
    }
    if (word.equals("fib")) {
      ArrayNode flags = JSON.arrayNode().add(next());
      while (peek().equals(".")) {
        next();
        flags.add(next());
      }
      ObjectNode fib = JSON.objectNode().put("result", next());
      fib.set("flags", flags);
      return wrap("fib", fib);
    }
    if (HEADERS.contains(word)) {
      return wrap("payload", JSON.objectNode().put("protocol", word).put("field", next()));
    }
    String key = at < tokens.size() ? next() : "";
    return wrap(word.matches("[a-z]+") ? word : "expression", JSON.textNode(key));
  }

  /** One value, or several with commas between them: {@code established,related}. */
  private JsonNode list() {
    JsonNode first = value();
    if (!peek().equals(",")) {
      return first;
    }
    ArrayNode list = JSON.arrayNode().add(first);
    while (peek().equals(",")) {
      next();
      list.add(value());
    }
    return list;
  }

  private JsonNode value() {
    if (peek().equals("{")) {
      return setOrMap(false);
    }
    JsonNode first = JSON.textNode(unquoted(next()));
    if (!peek().equals(".")) {
      return first;
    }
    ArrayNode parts = JSON.arrayNode().add(first);
    while (peek().equals(".")) {
      next();
      parts.add(unquoted(next()));
    }
    return wrap("concat", parts);
  }

  /** {@code { 22, 80-90 timeout 1h }} or {@code { established : accept, new : jump fresh }}. */
  ObjectNode setOrMap(boolean map) {
    ArrayNode elements = JSON.arrayNode();
    if (peek().equals("{")) {
      next();
    }
    while (at < tokens.size() && !peek().equals("}")) {
      JsonNode key = value();
      while (at < tokens.size() && !peek().matches("[,}:]")) {
        next(); // a timeout, a counter or a comment of the element
      }
      if (map && peek().equals(":")) {
        next();
        elements.add(JSON.arrayNode().add(key).add(statement()));
      } else {
        elements.add(key);
      }
      while (at < tokens.size() && !peek().matches("[,}]")) {
        next();
      }
      if (peek().equals(",")) {
        next();
      }
    }
    if (at < tokens.size()) {
      next();
    }
    return wrap("set", elements);
  }

  private void skipUntilStatement() {
    while (at < tokens.size()
        && !peek().matches("counter|log|comment|accept|drop|return|jump|goto|xt|[,}]")) {
      next();
    }
  }

  private ObjectNode unknown() {
    next();
    return wrap("unknown", JSON.nullNode());
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private String next() {
    return at < tokens.size() ? tokens.get(at++) : "";
  }

  private static String unquoted(String word) {
    return word.replaceAll("^\"|\"$", "");
  }

  private static ObjectNode wrap(String name, JsonNode value) {
    ObjectNode object = JSON.objectNode();
    object.set(name, value);
    return object;
  }
}
