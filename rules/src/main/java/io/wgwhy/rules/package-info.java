/**
 * The rule book: compiles, lints, tests, explains and backtests the causes under {@code rules/}.
 */
@NullMarked
package io.wgwhy.rules;

import org.jspecify.annotations.NullMarked;
