package io.wgwhy.connectors.collect.output;

import io.wgwhy.facts.Observation;

/**
 * Reads the output of one command. One class per command, named after it; golden pairs of real
 * output and facts lie in the test resources under the same name.
 *
 * <p>A parser never throws for what it reads: a value it cannot read becomes unknown (null), a line
 * it does not understand is told to {@link Reading#skip} and its neighbours are read. It never lets
 * a secret or free text through.
 */
public interface Parser {

  /** Whether the command line is this parser's command, in one of the forms that it reads. */
  public boolean reads(CommandLine command);

  /**
   * Whether the text looks like this command's output, whoever printed it: asked when the command
   * is empty or unknown. Must be false for the output of any other parser's command.
   */
  public boolean recognises(String output);

  /** Reads the output; facts and skipped lines go to {@code reading}. */
  public void read(Observation observation, CommandLine command, Reading reading);
}
