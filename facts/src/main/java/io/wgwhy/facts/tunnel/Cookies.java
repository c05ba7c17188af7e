package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;

/**
 * Whether the responder is under load and answers initiations with cookies (paper, 5.3): then it
 * refuses good ones too, for a while, and counts them nowhere.
 *
 * @param seen NO only when what leaves the responder was looked at
 */
public record Cookies(String tunnel, Answer seen) {}
