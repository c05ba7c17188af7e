package io.wgwhy.connectors.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.wgwhy.facts.Fact;
import io.wgwhy.facts.finding.Finding;
import io.wgwhy.facts.pack.PublishedPack;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How facts, findings and rule packs are written on topics. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();
  private static final ObjectReader FACTS = MAPPER.readerFor(Fact.class);
  private static final ObjectReader FINDINGS = MAPPER.readerFor(Finding.class);
  private static final ObjectReader PACKS = MAPPER.readerFor(PublishedPack.class);
  private static final ObjectWriter WRITER = MAPPER.writer();

  private Json() {}

  static Fact fact(byte[] json) throws IOException {
    return FACTS.readValue(json);
  }

  static Finding finding(byte[] json) throws IOException {
    return FINDINGS.readValue(json);
  }

  static PublishedPack pack(byte[] json) throws IOException {
    return PACKS.readValue(json);
  }

  static byte[] bytes(PublishedPack pack) {
    try {
      return WRITER.writeValueAsBytes(pack);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A pack cannot be written as JSON", e);
    }
  }

  static byte[] bytes(Fact fact) {
    try {
      return WRITER.writeValueAsBytes(fact);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A fact cannot be written as JSON", e);
    }
  }
}
