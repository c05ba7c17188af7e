package io.wgwhy.facts.tunnel;

/**
 * A host of which the engine takes nothing new in, for its tenant has used up its share of the
 * engine's memory (see {@link io.wgwhy.facts.NotTakenIn}).
 *
 * @param host the host
 * @param megabytes the share
 * @param tunnels how many of its tunnels cannot be judged: 1 stands for those of a host that is not
 *     known at all, 0 when what was known before is judged still
 */
public record OverLimit(String tunnel, String host, long megabytes, int tunnels) {}
