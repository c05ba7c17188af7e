/** Measures the whole engine beside a consumer that only reads. */
@NullMarked
package io.wgwhy.cli.bench;

import org.jspecify.annotations.NullMarked;
