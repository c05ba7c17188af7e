package io.wgwhy.facts.tunnel;

/**
 * No peer of an interface was ever heard, nobody else was seen, and somebody asks why: judged only
 * when nothing more will come and nothing else is wrong. While facts stream in, a server whose
 * clients have not come yet is well.
 *
 * @param host whose interface it is
 * @param peers how many peers it has
 */
public record NothingHeard(String tunnel, String host, String iface, int peers) {}
