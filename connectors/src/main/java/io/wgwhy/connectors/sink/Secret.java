package io.wgwhy.connectors.sink;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A password, a token, or an address that holds one. It stands in a file or in the environment,
 * never in the settings; it is read when it is needed, so that a new one is used at once; nothing
 * prints it.
 */
@JsonDeserialize(using = Secret.Reader.class)
public final class Secret {
  private final String where;
  private final @Nullable Path file;
  private final @Nullable String value;

  private Secret(String where, @Nullable Path file, @Nullable String value) {
    this.where = where;
    this.file = file;
    this.value = value;
  }

  public static Secret inFile(Path file) {
    return new Secret("the file " + file, file, null);
  }

  public static Secret inEnvironment(String name) {
    return new Secret("the environment's " + name, null, System.getenv(name));
  }

  /** One that is no secret for anybody, such as an address without a token in it. */
  static Secret known(String value) {
    return new Secret("the settings", null, value);
  }

  /** It is not there, or empty. The message says where it should be, not what it is. */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  /** The secret itself, without white space around it. */
  public String reveal() throws Unreadable {
    String found;
    try {
      found = file == null ? value : Files.readString(file);
    } catch (IOException e) {
      throw new Unreadable("cannot read " + where);
    }
    if (found == null || found.isBlank()) {
      throw new Unreadable(where + " is empty");
    }
    return found.strip();
  }

  /** Where it stands. */
  @Override
  public String toString() {
    return where;
  }

  /** Reads {@code {file: NAME}} or {@code {env: NAME}}; of anything else nothing is repeated. */
  static final class Reader extends StdDeserializer<Secret> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Secret.class);
    }

    @Override
    public Secret deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return read(context.readTree(in));
    }

    static Secret read(JsonNode node) {
      if (node.isObject() && node.size() == 1) {
        if (node.path("file").isTextual()) {
          return inFile(Path.of(node.get("file").textValue()));
        }
        if (node.path("env").isTextual()) {
          return inEnvironment(node.get("env").textValue());
        }
      }
      throw new BadSetting("is a secret: write {file: NAME} or {env: NAME}");
    }
  }
}
