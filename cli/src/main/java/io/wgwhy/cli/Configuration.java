package io.wgwhy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Where the value of an option comes from that was not given: the environment ({@code WGWHY_NAME}),
 * else a file ({@code name = value}), else the option's own default.
 */
final class Configuration implements IDefaultValueProvider {
  static final String USUAL = "/etc/wgwhy/collect.properties";

  private static final String FILE = "--config";

  /** What somebody does once, at a terminal. */
  private static final Set<String> BY_HAND =
      Set.of(FILE, "--help", "--version", "--verbose", "--once", "--dry-run", "--print-script");

  private final Map<String, String> environment;
  private @Nullable Properties settings;

  @SuppressWarnings("UnusedMethod") // picocli calls it.
  Configuration() {
    this(System.getenv());
  }

  Configuration(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String name = option.longestName();
    if (BY_HAND.contains(name)) {
      return null;
    }
    String key = name.substring(2);
    String exported = environment.get("WGWHY_" + key.toUpperCase(Locale.ROOT).replace('-', '_'));
    if (exported != null && !exported.isEmpty()) {
      return exported;
    }
    String written = settings(option.command()).getProperty(key);
    return written == null ? null : written.strip();
  }

  private Properties settings(CommandSpec command) {
    if (settings == null) {
      OptionSpec named = command.findOption(FILE);
      Object file = named == null ? null : named.getValue();
      String exported = environment.get("WGWHY_CONFIG");
      boolean chosen = file != null || exported != null;
      Path path = Path.of(file != null ? file.toString() : exported != null ? exported : USUAL);
      settings = chosen || Files.exists(path) ? read(path, command) : new Properties();
    }
    return settings;
  }

  private static Properties read(Path file, CommandSpec command) {
    Properties read = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      read.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "cannot read the settings in " + file, e);
    }
    List<String> known =
        command.options().stream()
            .map(OptionSpec::longestName)
            .filter(it -> !BY_HAND.contains(it))
            .map(it -> it.substring(2))
            .sorted()
            .toList();
    for (String name : read.stringPropertyNames()) {
      if (!known.contains(name)) {
        throw new ParameterException(
            command.commandLine(),
            "%s: there is no setting '%s'; there are %s".formatted(file, name, known));
      }
    }
    return read;
  }
}
