/** {@code wgwhy alert}: its settings, and a receiver at work. */
@NullMarked
package io.wgwhy.cli.alert;

import org.jspecify.annotations.NullMarked;
