package io.wgwhy.facts.tunnel;

/**
 * An end whose clock nobody keeps right.
 *
 * @param host its host
 */
public record UnsyncedClock(String tunnel, Role role, String host) {}
