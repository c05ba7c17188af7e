package io.wgwhy.engine.stream;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads equal texts as the same object: a network's hosts name each other, their keys and their
 * interfaces over and over, and all that is kept in memory.
 *
 * <p>Those of a network come together, so the latest are enough; how many are looked through is
 * fixed, whatever comes.
 */
final class SharedTexts extends StdScalarDeserializer<String> {
  private static final long serialVersionUID = 1L;

  /** Longer ones are lines of logs and the like, and not said twice. */
  private static final int LONGEST = 64;

  /** More than the keys of the largest network: 6 MB at most. A power of two. */
  private static final int PLACES = 1 << 16;

  // Threads may overwrite each other's: all that is lost is that a text is not shared.
  private final transient @Nullable String[] latest = new @Nullable String[PLACES];

  SharedTexts() {
    super(String.class);
  }

  @Override
  public @Nullable String deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    String text = StringDeserializer.instance.deserialize(parser, context);
    return text == null || text.length() > LONGEST ? text : shared(text);
  }

  private String shared(String text) {
    int hash = text.hashCode();
    int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
    String known = latest[place];
    if (text.equals(known)) {
      return known;
    }
    latest[place] = text;
    return text;
  }
}
