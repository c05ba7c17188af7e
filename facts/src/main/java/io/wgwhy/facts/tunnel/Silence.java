package io.wgwhy.facts.tunnel;

/**
 * A host whose collector promised to speak again and did not: what it said last is too old to count
 * (see {@link io.wgwhy.facts.Heartbeat}).
 *
 * @param host the host
 * @param since its last word, ms since the epoch
 * @param tunnels how many of its tunnels nobody else sees
 * @param everySeconds how often it wanted to speak
 */
public record Silence(String tunnel, String host, int tunnels, long since, long everySeconds) {}
