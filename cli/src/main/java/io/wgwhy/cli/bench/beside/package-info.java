/** One fleet and its incidents, seen by Prometheus and by the engine: what each costs and says. */
@NullMarked
package io.wgwhy.cli.bench.beside;

import org.jspecify.annotations.NullMarked;
