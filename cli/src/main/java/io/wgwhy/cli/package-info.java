/** The commands, one class each, and the only place that wires the parts together. */
@NullMarked
package io.wgwhy.cli;

import org.jspecify.annotations.NullMarked;
