/**
 * For those who write rules: the catalogue, new causes, tests, backtests. Knows files and rule
 * books, and nothing of the command line.
 */
@NullMarked
package io.wgwhy.cli.workbench;

import org.jspecify.annotations.NullMarked;
