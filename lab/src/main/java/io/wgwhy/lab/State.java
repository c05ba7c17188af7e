package io.wgwhy.lab;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a lab knows about itself, kept in its folder so that the next command finds it again. Holds
 * the lab's throw-away keys.
 *
 * @param broken the fault that was made; null when the tunnel is healthy
 * @param off hosts that are powered off
 * @param services what runs beside the hosts' own
 */
record State(
    List<String> hosts,
    List<String> off,
    @Nullable String broken,
    Map<String, Keys> keys,
    Map<String, Conf> base,
    Map<String, Conf> healthy,
    Map<String, Conf> wanted,
    Map<String, Conf> applied,
    Map<String, Service> services) {
  private static final String FILE = "state.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  void write(Path folder) {
    try {
      Path part = folder.resolve(FILE + ".part");
      JSON.writeValue(part.toFile(), this);
      Files.move(
          part,
          folder.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  static State read(Path folder) {
    try {
      return JSON.readValue(folder.resolve(FILE).toFile(), State.class);
    } catch (IOException e) {
      throw new LabException("the state of the lab cannot be read: " + e.getMessage());
    }
  }
}
