/**
 * The confusion matrix: what is found in recordings of which the truth is known, from both ends and
 * from each end alone.
 */
@NullMarked
package io.wgwhy.cli.matrix;

import org.jspecify.annotations.NullMarked;
