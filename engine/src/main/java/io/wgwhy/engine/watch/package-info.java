/** What an operator sees of a running engine: figures for Prometheus, health, readiness. */
@NullMarked
package io.wgwhy.engine.watch;

import org.jspecify.annotations.NullMarked;
