/**
 * What a host is: addresses, routes, neighbours, sockets, counters, sysctls, clocks, and what
 * containers publish.
 */
@NullMarked
package io.wgwhy.connectors.collect.host;

import org.jspecify.annotations.NullMarked;
