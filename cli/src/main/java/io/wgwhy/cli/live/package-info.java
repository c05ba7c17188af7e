/** Hosts as they are now: this one, and others over ssh. */
@NullMarked
package io.wgwhy.cli.live;

import org.jspecify.annotations.NullMarked;
