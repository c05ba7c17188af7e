/** Packets that were seen on the wire: tcpdump and tshark. */
@NullMarked
package io.wgwhy.connectors.collect.capture;

import org.jspecify.annotations.NullMarked;
