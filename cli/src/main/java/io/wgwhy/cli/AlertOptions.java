package io.wgwhy.cli;

import io.wgwhy.cli.alert.AlertSettings;
import io.wgwhy.cli.alert.SettingsFile;
import io.wgwhy.connectors.sink.BadSetting;
import io.wgwhy.connectors.sink.dispatch.Silences;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where it stands who is told of which findings. */
final class AlertOptions {
  static final String USUAL = "/etc/wgwhy/alert.yaml";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Who is told of which findings (YAML). Default: " + USUAL + ".")
  private @Nullable Path config;

  AlertSettings read() {
    Path file = config == null ? Path.of(USUAL) : config;
    if (config == null && !Files.exists(file)) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "say with --config who is told of findings; there is no " + USUAL);
    }
    try {
      return SettingsFile.read(file);
    } catch (BadSetting e) {
      throw new CannotGoOn(Exit.UNUSABLE, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The silences, for who shows them: none where nobody has said who is told of findings, or to
   * whom it is not for reading.
   */
  Silences silencesToShow() {
    return config == null && !Files.isReadable(Path.of(USUAL))
        ? new Silences(null)
        : new Silences(read().silences());
  }

  /** The file of silences that the settings name. */
  Path silences() {
    Path file = read().silences();
    if (file == null) {
      throw new CannotGoOn(
          Exit.UNUSABLE, "the settings name no file of silences: add silences: FILE");
    }
    return file;
  }
}
