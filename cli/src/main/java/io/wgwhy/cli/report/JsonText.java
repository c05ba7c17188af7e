package io.wgwhy.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;

/** An answer for programs: one object, indented. */
public final class JsonText {
  private JsonText() {}

  /** The answer as JSON, its last line ended. */
  public static String of(Object answer, Look look) {
    return written(answer, look, true);
  }

  /** One of many answers, on a line of its own. */
  public static String line(Object answer, Look look) {
    return written(answer, look, false);
  }

  /** JSON as it may reach a terminal: the same to programs. */
  public static String harmless(String json) {
    return Clean.json(json);
  }

  private static String written(Object answer, Look look, boolean indented) {
    JsonMapper json =
        JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .configure(SerializationFeature.INDENT_OUTPUT, indented)
            .configure(JsonWriteFeature.ESCAPE_NON_ASCII, !look.unicode())
            .build();
    try {
      return harmless(json.writeValueAsString(answer)) + "\n";
    } catch (JsonProcessingException records) {
      throw new IllegalStateException("an answer that is no JSON", records);
    }
  }
}
