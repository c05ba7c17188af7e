package io.wgwhy.facts.tunnel;

/**
 * The responder forwards, as it must, and no file says so for the next boot.
 *
 * @param host its host
 * @param setting the sysctl
 */
public record NotPersisted(String tunnel, String host, String setting) {}
