package io.wgwhy.engine.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.finding.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How facts and findings are written on topics and in stores. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new SimpleModule().addDeserializer(String.class, new SharedTexts()))
          .build();
  private static final ObjectReader FACTS = MAPPER.readerFor(Fact.class);
  private static final ObjectReader FINDINGS = MAPPER.readerFor(Finding.class);
  private static final ObjectWriter WRITER = MAPPER.writer();

  private Json() {}

  static Fact fact(byte[] json) throws IOException {
    return FACTS.readValue(json);
  }

  static Finding finding(byte[] json) throws IOException {
    return FINDINGS.readValue(json);
  }

  static byte[] bytes(Fact fact) {
    return write(fact);
  }

  static byte[] bytes(Finding finding) {
    return write(finding);
  }

  private static byte[] write(Object value) {
    try {
      return WRITER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A record of ours cannot be written as JSON", e);
    }
  }
}
