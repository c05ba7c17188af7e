package io.wgwhy.facts.finding;

/**
 * A cause and what it is about: an identity, nothing volatile in it.
 *
 * @param cause the cause's id in the catalogue
 * @param tunnel the tunnel's id
 */
public record Diagnosis(String cause, String tunnel) {}
