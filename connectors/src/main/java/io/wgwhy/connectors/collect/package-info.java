/** Runs commands on a host and turns what they print into facts. */
@NullMarked
package io.wgwhy.connectors.collect;

import org.jspecify.annotations.NullMarked;
