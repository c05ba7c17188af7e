package io.wgwhy.connectors.collect.probe;

import io.wgwhy.connectors.collect.output.CommandLine;
import io.wgwhy.connectors.collect.output.Parser;
import io.wgwhy.connectors.collect.output.Reading;
import io.wgwhy.connectors.collect.output.TextLines;
import io.wgwhy.facts.Observation;

/**
 * {@code getent ahosts NAME} (getent(1)): what the host's own resolver answers, as wg(8) asks it.
 *
 * <pre>
 * 203.0.113.10    STREAM vpn.example.org
 * 203.0.113.10    DGRAM
 * 203.0.113.10    RAW
 * </pre>
 */
public final class GetentParser implements Parser {
  @Override
  public boolean reads(CommandLine command) {
    return command.program().equals("getent")
        && command.arguments().stream().anyMatch(word -> word.matches("a?hosts(v[46])?"));
  }

  @Override
  public boolean recognises(String output) {
    return !output.isBlank()
        && TextLines.of(output).stream()
            .filter(line -> !line.isBlank())
            .allMatch(line -> line.matches("[0-9a-fA-F.:]+\\s+(?:STREAM|DGRAM|RAW)(?:\\s.*)?"));
  }

  @Override
  public void read(Observation observation, CommandLine command, Reading reading) {
    NameAnswers.read(observation, command, reading);
  }
}
