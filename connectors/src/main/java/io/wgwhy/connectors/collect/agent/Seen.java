package io.wgwhy.connectors.collect.agent;

import io.wgwhy.connectors.collect.output.Parsed;
import io.wgwhy.facts.Observation;

/**
 * What a command printed, and what it says.
 *
 * @param observation as printed: it may hold secrets and must not leave the host
 * @param parsed what may leave it
 */
public record Seen(Observation observation, Parsed parsed) {}
