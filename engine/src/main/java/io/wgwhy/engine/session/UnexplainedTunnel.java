package io.wgwhy.engine.session;

import io.wgwhy.facts.finding.Subject;
import java.util.List;

/**
 * A tunnel that something is wrong with, though each cause that is known was ruled out. It is said,
 * so that nobody takes the silence for health.
 *
 * @param subject the tunnel
 * @param symptoms what is wrong, as in findings: {@code nothing-beyond}
 */
public record UnexplainedTunnel(Subject subject, List<String> symptoms) {}
