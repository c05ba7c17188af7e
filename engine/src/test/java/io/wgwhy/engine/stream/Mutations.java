package io.wgwhy.engine.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Real records, spoilt as senders, networks and attackers spoil them. */
final class Mutations {
  private static final JsonMapper JSON = new JsonMapper();

  /** What stands where something else is expected. */
  private static final List<String> ODD =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e308",
          "1e400",
          "0.1",
          "9223372036854775807",
          "-9223372036854775808",
          "99999999999999999999999999",
          "\"\"",
          "\" \"",
          "\"\\u0000\\u202e\\ud800\"",
          "\"-\"",
          "\"::/0\"",
          "\"0.0.0.0/0\"",
          "\"999.999.999.999:99999\"",
          "\"" + "x".repeat(20_000) + "\"",
          "[]",
          "[null]",
          "[[[[[[[[]]]]]]]]",
          "{}",
          "{\"kind\":\"links\"}",
          "{\"a\":{\"a\":{\"a\":{}}}}");

  private final Random random;
  private final List<byte[]> real;

  Mutations(Random random, List<byte[]> real) {
    this.random = random;
    this.real = real;
  }

  /** A record that was sent, or something like it. */
  byte[] next() {
    byte[] one = any();
    return switch (random.nextInt(10)) {
      case 0 -> one;
      case 1 -> flipped(one);
      case 2 -> Arrays.copyOf(one, random.nextInt(one.length + 1));
      case 3 -> spliced(one, any());
      case 4 -> repeated(one);
      case 5 -> null;
      case 6, 7, 8 -> misread(one, 1 + random.nextInt(3), true);
      default -> misread(one, 1 + random.nextInt(3), false);
    };
  }

  /** A key that names one of a few networks, or none at all. */
  byte[] key() {
    return switch (random.nextInt(200)) {
      case 0 -> null;
      case 1 -> new byte[0];
      case 2 -> new byte[] {(byte) 0xff, (byte) 0xfe};
      case 3 -> "a\nb".getBytes(UTF_8);
      case 4 -> new byte[300];
      default -> ("network-" + random.nextInt(40)).getBytes(UTF_8);
    };
  }

  private byte[] any() {
    return real.get(random.nextInt(real.size()));
  }

  private byte[] flipped(byte[] one) {
    byte[] bytes = one.clone();
    for (int i = 0; i <= random.nextInt(8); i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private byte[] spliced(byte[] one, byte[] other) {
    var bytes = new ByteArrayOutputStream();
    bytes.write(one, 0, random.nextInt(one.length));
    int from = random.nextInt(other.length);
    bytes.write(other, from, other.length - from);
    return bytes.toByteArray();
  }

  private byte[] repeated(byte[] one) {
    var bytes = new ByteArrayOutputStream();
    int from = random.nextInt(one.length);
    int length = random.nextInt(one.length - from);
    bytes.write(one, 0, from);
    for (int i = 0; i < 1 + random.nextInt(50); i++) {
      bytes.write(one, from, length);
    }
    bytes.write(one, from, one.length - from);
    return bytes.toByteArray();
  }

  /**
   * Still JSON, and says something else.
   *
   * @param typed whether what was a number or a text still is one
   */
  private byte[] misread(byte[] one, int changes, boolean typed) {
    try {
      var root = (ObjectNode) JSON.readTree(one);
      for (int i = 0; i < changes; i++) {
        if (typed) {
          exchange(root);
        } else {
          change(root);
        }
      }
      return JSON.writeValueAsBytes(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void change(ObjectNode root) throws IOException {
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    JsonNode chosen = containers.get(random.nextInt(containers.size()));
    JsonNode odd =
        random.nextBoolean()
            ? JSON.readTree(ODD.get(random.nextInt(ODD.size())))
            : anywhere(JSON.readTree(any()));
    if (chosen instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(4)) {
        case 0 -> object.remove(name);
        case 1 -> object.set(name + "X", object.remove(name));
        default -> object.set(name, odd);
      }
    } else if (chosen instanceof ArrayNode array && !array.isEmpty()) {
      int at = random.nextInt(array.size());
      switch (random.nextInt(3)) {
        case 0 -> array.remove(at);
        case 1 -> array.addAll(array.deepCopy());
        default -> array.set(at, odd);
      }
    }
  }

  /** Gives a part another value of its type: from another record, or one that no host has. */
  private void exchange(ObjectNode root) throws IOException {
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    JsonNode chosen = containers.get(random.nextInt(containers.size()));
    if (chosen instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      names.remove("kind");
      if (!names.isEmpty()) {
        String name = names.get(random.nextInt(names.size()));
        object.set(name, another(object.get(name)));
      }
    } else if (chosen instanceof ArrayNode array && !array.isEmpty()) {
      int at = random.nextInt(array.size());
      array.set(at, another(array.get(at)));
    }
  }

  private JsonNode another(JsonNode old) throws IOException {
    if (old.isIntegralNumber()) {
      long[] others = {0, 1, -1, 65_536, Integer.MAX_VALUE, old.asLong() + 1, -old.asLong()};
      return JSON.getNodeFactory().numberNode(others[random.nextInt(others.length)]);
    }
    if (old.isTextual()) {
      List<JsonNode> containers = new ArrayList<>();
      collect(JSON.readTree(any()), containers);
      for (JsonNode part : containers.get(random.nextInt(containers.size()))) {
        if (part.isTextual() && random.nextBoolean()) {
          return part;
        }
      }
    }
    return old;
  }

  private JsonNode anywhere(JsonNode root) {
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    return containers.get(random.nextInt(containers.size())).deepCopy();
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(it -> collect(it, containers));
    }
  }
}
