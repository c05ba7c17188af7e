/** What somebody tried: ping, traceroute, curl, ssh, and the resolving of names. */
@NullMarked
package io.wgwhy.connectors.collect.probe;

import org.jspecify.annotations.NullMarked;
