/** Where findings are told: what a sink is, what it answers, and what all of them share. */
@NullMarked
package io.wgwhy.connectors.sink;

import org.jspecify.annotations.NullMarked;
