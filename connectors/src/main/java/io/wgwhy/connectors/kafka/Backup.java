package io.wgwhy.connectors.kafka;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * What a backup is: lines of JSON, compressed by gzip. The first line says how it was made, then
 * comes a line for each topic, one for each record, and a last one that says how many there are: a
 * backup that lacks it is not whole. Bytes are base64.
 */
public final class Backup {
  /** Readers refuse what is newer than they are. */
  static final int VERSION = 1;

  static final JsonMapper JSON = new JsonMapper();

  static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }

  static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : Base64.getDecoder().decode(text);
  }

  /** How much there is. */
  public record Size(int topics, long records) {}

  /** This file is no backup, or not a whole one, or of a newer version. */
  public static final class NotUsable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotUsable(String says) {
      super(says);
    }
  }

  /** A line: of its parts those are there that it is about. */
  @JsonInclude(Include.NON_NULL)
  record Line(
      @Nullable Integer version,
      @Nullable String made,
      @Nullable TopicLine topic,
      @Nullable RecordLine record,
      @Nullable Long records) {}

  /**
   * @param settings those that differ from the cluster's
   */
  record TopicLine(String name, int partitions, Map<String, String> settings) {}

  /**
   * @param topic by its place among the topics' lines, from 0: names are long and records are many
   */
  @JsonInclude(Include.NON_NULL)
  record RecordLine(
      int topic,
      int partition,
      long at,
      @Nullable String key,
      @Nullable String value,
      List<HeaderLine> headers) {}

  @JsonInclude(Include.NON_NULL)
  record HeaderLine(String name, @Nullable String value) {}

  private Backup() {}

  /**
   * Reads all of it, so that nobody begins with half of one.
   *
   * @throws NotUsable when it is not whole
   */
  public static Size check(Path file) throws IOException {
    int[] topics = {0};
    long[] records = {0};
    read(file, it -> topics[0]++, it -> records[0]++);
    return new Size(topics[0], records[0]);
  }

  static void read(Path file, Consumer<TopicLine> topics, Consumer<RecordLine> records)
      throws IOException {
    try (BufferedReader lines = new BufferedReader(text(file))) {
      Line head = parse(lines.readLine());
      if (head.version() == null) {
        throw new NotUsable("this is no backup of wgwhy");
      }
      if (head.version() > VERSION) {
        throw new NotUsable("this backup is of a newer wgwhy: update this one");
      }
      long count = 0;
      for (Line it = parse(lines.readLine()); ; it = parse(lines.readLine())) {
        if (it.topic() != null) {
          topics.accept(it.topic());
        } else if (it.record() != null) {
          records.accept(it.record());
          count++;
        } else if (it.records() != null && it.records() == count) {
          return;
        } else {
          throw new NotUsable("this backup does not have what its last line says");
        }
      }
    } catch (EOFException e) {
      throw new NotUsable("this backup is not whole: it ends in the midst");
    } catch (ZipException e) {
      throw new NotUsable("this is no backup of wgwhy, or a damaged one");
    }
  }

  private static Reader text(Path file) throws IOException {
    return new InputStreamReader(
        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8);
  }

  private static Line parse(@Nullable String line) throws IOException {
    if (line == null) {
      throw new NotUsable("this backup is not whole: it has no last line");
    }
    try {
      return JSON.readValue(line, Line.class);
    } catch (JsonProcessingException e) {
      throw new NotUsable("this is no backup of wgwhy, or a damaged one");
    }
  }
}
