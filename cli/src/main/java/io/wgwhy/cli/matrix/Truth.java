package io.wgwhy.cli.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was really broken in a recording: {@code NAME.truth.json} beside {@code NAME.jsonl}.
 *
 * @param broken whether anything was
 * @param causes each would be a right answer
 */
record Truth(boolean broken, List<String> causes) {

  /**
   * Reads it.
   *
   * @throws IOException when it cannot be read, or says nothing of it
   */
  static Truth read(Path file) throws IOException {
    JsonNode truth = new ObjectMapper().readTree(file.toFile());
    if (!truth.path("broken").isBoolean() || !truth.path("causes").isArray()) {
      throw new IOException(file + " does not say what was broken: broken, causes");
    }
    List<String> causes = new ArrayList<>();
    truth.get("causes").forEach(it -> causes.add(it.asText()));
    return new Truth(truth.get("broken").asBoolean(), List.copyOf(causes));
  }
}
