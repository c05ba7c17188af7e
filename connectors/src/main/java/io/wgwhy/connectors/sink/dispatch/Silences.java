package io.wgwhy.connectors.sink.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.wgwhy.connectors.DiscreetFile;
import io.wgwhy.facts.Tenant;
import io.wgwhy.facts.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The silences in a file, a line of JSON each; of one id the last counts. Lines are only added:
 * whoever was silenced when can be told later, so that a restart does not tell anything twice. A
 * file that changes is read again; a line that cannot be read is told and passed over. Used by
 * several threads.
 */
public final class Silences {
  private static final Logger LOG = LoggerFactory.getLogger(Silences.class);

  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private final @Nullable Path file;
  private Map<String, Silence> all = Map.of();
  private @Nullable Version read;
  private boolean unreadable;

  private record Version(FileTime changed, long size) {}

  /**
   * @param file need not be there; null for no silences, ever
   */
  public Silences(@Nullable Path file) {
    this.file = file;
  }

  /** Whether nobody is to be told. */
  boolean hush(Tenant tenant, Finding finding, Instant at) {
    return of(tenant, finding, at).isPresent();
  }

  /** Why nobody is to be told: that somebody knows of the very finding goes before all others. */
  public synchronized Optional<Silence> of(Tenant tenant, Finding finding, Instant at) {
    Optional<Silence> found = Optional.empty();
    for (Silence silence : all.values()) {
      if (silence.hushes(tenant, finding, at)) {
        if (silence.isAcknowledgement()) {
          return Optional.of(silence);
        }
        found = Optional.of(silence);
      }
    }
    return found;
  }

  /** All there were and are, in the order of their beginning in the file. */
  public synchronized List<Silence> all() {
    return List.copyOf(all.values());
  }

  /** Reads the file again if it has changed. */
  public synchronized void refresh() {
    if (file == null) {
      return;
    }
    try {
      Version now = new Version(Files.getLastModifiedTime(file), Files.size(file));
      if (!now.equals(read)) {
        all = parse(Files.readAllLines(file, UTF_8));
        read = now;
      }
      unreadable = false;
    } catch (NoSuchFileException none) {
      all = Map.of();
      read = null;
      unreadable = false;
    } catch (IOException e) {
      // What was read last goes on to hold. It is tried several times a second, and told once.
      if (!unreadable) {
        LOG.warn(
            "Cannot read the silences in {}, so new ones do not hold: let the user of this process"
                + " read it",
            file);
      }
      unreadable = true;
    }
  }

  private Map<String, Silence> parse(List<String> lines) {
    Map<String, Silence> parsed = new LinkedHashMap<>();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1);
      if (line.isBlank()) {
        continue;
      }
      try {
        Silence silence = JSON.readValue(line, Silence.class);
        parsed.put(silence.id(), silence);
      } catch (IOException | RuntimeException e) {
        LOG.warn("Line {} of {} is no silence", number, file);
      }
    }
    return parsed;
  }

  /** Adds one to a file, or puts another in the place of the one with its id. */
  public static void write(Path file, Silence silence) throws IOException {
    String line = JSON.writeValueAsString(silence) + "\n";
    DiscreetFile.append(file, line);
  }
}
