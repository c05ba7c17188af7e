package io.wgwhy.connectors.collect.output;

/**
 * A line that was not understood.
 *
 * @param line its number, from 1; 0 for the whole input
 * @param reason why, in words of our own, without any of the text
 */
public record Unread(int line, String reason) {}
