package io.wgwhy.cli.diagnose;

import io.wgwhy.facts.Fact;
import java.util.List;

/**
 * What one observation said.
 *
 * @param at ms since the epoch, on the timeline that all hosts share
 */
record Moment(String host, long at, List<Fact> facts) {}
