package io.wgwhy.facts.tunnel;

/**
 * Something that runs otherwise than its configuration file says: edited and not applied, or
 * changed by hand and lost with the next start.
 *
 * @param keyword the file's word: {@code ListenPort}, {@code PublicKey}, {@code AllowedIPs}, …
 * @param configured what the file says
 * @param running what runs
 */
public record ConfigDrift(
    String tunnel,
    Role role,
    String host,
    String iface,
    String keyword,
    String configured,
    String running) {}
