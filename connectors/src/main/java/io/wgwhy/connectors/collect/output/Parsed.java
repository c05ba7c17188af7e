package io.wgwhy.connectors.collect.output;

import io.wgwhy.facts.Fact;
import java.util.List;

/** What an observation says, and what of it was not understood. */
public record Parsed(List<Fact> facts, List<Unread> unread) {}
