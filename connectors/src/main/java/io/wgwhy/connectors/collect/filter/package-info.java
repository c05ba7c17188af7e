/**
 * Packet filters and who remembers flows: iptables, nftables, pf, ufw, firewalld, those of clouds
 * and of Windows.
 */
@NullMarked
package io.wgwhy.connectors.collect.filter;

import org.jspecify.annotations.NullMarked;
