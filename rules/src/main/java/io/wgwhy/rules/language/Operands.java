package io.wgwhy.rules.language;

import io.wgwhy.rules.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is compared: numbers, texts, constants, properties, bindings. */
final class Operands {
  private static final String NO_CALLS = "no calls: what a rule needs is a property of a fact";

  private final Class<?> kind;
  private final Imports imports;
  private final Map<String, Class<?>> known;
  private final Cursor cursor;
  private boolean passedNull;

  /**
   * @param kind what the pattern asks for
   * @param known the types of what was bound before
   */
  Operands(Class<?> kind, Imports imports, Map<String, Class<?>> known, Cursor cursor) {
    this.kind = kind;
    this.imports = imports;
    this.known = known;
    this.cursor = cursor;
  }

  /** A number, a text, a constant, a property or what was bound. */
  Side next() throws Refused {
    Token token = cursor.peek();
    return switch (token.kind()) {
      case NUMBER -> constant(cursor.take(), Integer.class);
      case TEXT -> constant(cursor.take(), String.class);
      case BINDING -> binding();
      case WORD -> word();
      default -> throw Cursor.refused(token, Condition.OTHERS);
    };
  }

  private static Side constant(Token token, Class<?> type) {
    return new Side(type, null, null, token.text());
  }

  private Side word() throws Refused {
    String text = cursor.peek().text();
    if (text.equals("true") || text.equals("false")) {
      return constant(cursor.take(), Boolean.class);
    }
    if (text.equals("null")) {
      return new Side(null, null, null, cursor.take().text());
    }
    if (!Character.isUpperCase(text.charAt(0))) {
      return path();
    }
    List<String> names = names();
    List<String> wrong = new ArrayList<>();
    Class<?> type = imports.constant(names, wrong::add);
    if (type == null) {
      throw new Refused(String.join(".", names), wrong.get(0));
    }
    return new Side(Types.boxed(type), null, null, String.join(".", names));
  }

  private Side binding() throws Refused {
    Token token = cursor.take();
    if (!known.containsKey(token.text())) {
      throw new Refused(
          token.text(),
          token.text() + " is not bound before" + Spelling.didYouMean(token.text(), known.keySet()),
          Spelling.nearest(token.text(), known.keySet()));
    }
    Class<?> type = known.get(token.text());
    if (cursor.peek().is(".") || cursor.peek().is("!.")) {
      throw Cursor.refused(cursor.take(), "bind the property itself that " + token.text() + " has");
    }
    return new Side(type, null, token.text(), null);
  }

  private List<String> names() throws Refused {
    List<String> names = new ArrayList<>();
    do {
      if (cursor.peek().kind() != Kind.WORD) {
        throw Cursor.refused(cursor.peek(), "a name is missing");
      }
      names.add(cursor.take().text());
    } while (cursor.takes("."));
    if (cursor.peek().is("(")) {
      throw new Refused(String.join(".", names), NO_CALLS);
    }
    return names;
  }

  /** A property of a property: what may be null is passed by {@code !.} only. */
  Side path() throws Refused {
    Class<?> type = kind;
    boolean nullable = false;
    String separator = "";
    StringBuilder path = new StringBuilder();
    do {
      Token token = cursor.take();
      if (token.kind() != Kind.WORD) {
        throw Cursor.refused(token, "name a property of " + type.getSimpleName());
      }
      String name = token.text();
      Map<String, Class<?>> properties = Vocabulary.properties(type);
      Class<?> found = properties.get(name);
      if (found == null) {
        throw new Refused(name, hasNo(type, name, properties), nearest(name, properties));
      }
      if (nullable && separator.equals(".")) {
        throw new Refused(
            path + "." + name,
            path + " may be null: write " + path + "!." + name,
            path + "!." + name);
      }
      nullable = Vocabulary.isNullable(type, name) || separator.equals("!.");
      path.append(separator).append(name);
      type = found;
      separator = cursor.peek().is("!.") ? "!." : ".";
      passedNull |= separator.equals("!.");
    } while (cursor.takes(separator));
    if (cursor.peek().is("(")) {
      throw new Refused(path.toString(), NO_CALLS);
    }
    String plain = path.toString().replace("!.", ".");
    return new Side(Types.boxed(type), plain, null, null, nullable);
  }

  /** Whether a property was asked of something that may be null. */
  boolean passedNull() {
    return passedNull;
  }

  private static @Nullable String nearest(String name, Map<String, Class<?>> properties) {
    return Spelling.nearest(name, properties.keySet());
  }

  private static String hasNo(Class<?> type, String name, Map<String, Class<?>> properties) {
    String mean = Spelling.didYouMean(name, properties.keySet());
    return type.getSimpleName()
        + " has no "
        + name
        + (properties.isEmpty() ? "" : mean + it(properties));
  }

  private static String it(Map<String, Class<?>> properties) {
    return " (it has " + String.join(", ", properties.keySet()) + ")";
  }
}
