package io.wgwhy.connectors.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.facts.Observation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a recording: observations as JSON lines, private and preshared keys cut out. */
public final class RecordingWriter implements AutoCloseable {
  private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

  private final OutputStream out;

  /**
   * @param out is closed with the recording
   */
  public RecordingWriter(OutputStream out) {
    this.out = out;
  }

  /** Appends an observation; it is out when this returns. */
  public synchronized void write(Observation observation) throws IOException {
    out.write(line(observation).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** An observation as a line of a recording, secrets cut out. */
  static String line(Observation observation) {
    try {
      return JSON.writeValueAsString(Redaction.of(observation)) + "\n";
    } catch (JsonProcessingException never) {
      throw new IllegalStateException("An observation cannot be written as JSON", never);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
