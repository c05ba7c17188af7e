package io.wgwhy.connectors.sink.file;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.connectors.sink.Sink;
import io.wgwhy.connectors.sink.SinkSettings;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file.
 *
 * @param path where lines are appended; whoever rotates it just moves it away
 */
public record FileSettings(@JsonProperty(required = true) Path path) implements SinkSettings {

  @Override
  public Sink open() {
    Path folder = path.toAbsolutePath().getParent();
    if (Files.isDirectory(path) || folder == null || !Files.isDirectory(folder)) {
      throw new BadSetting("path: there is no folder for the file " + path);
    }
    return new FileSink(path);
  }

  @Override
  public String destination() {
    return "file " + path;
  }
}
