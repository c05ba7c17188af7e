package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;

/**
 * Whether a host drops packets because it would not route their source back by the device they came
 * in by (ip-sysctl.rst, rp_filter).
 *
 * @param role whose host
 * @param drops whether its counter (TcpExtIPReversePathFilter) grew since the trouble began
 */
public record SourceCheck(String tunnel, Role role, Answer drops) {}
