package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.WgLog.Meaning;

/**
 * A line of an end's log that belongs to a tunnel, or may.
 *
 * @param count how many such lines
 */
public record LogSays(String tunnel, Role role, Meaning meaning, int count) {}
