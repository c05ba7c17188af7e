/** The whole system in one process: incidents that were recorded, found and repaired live. */
@NullMarked
package io.wgwhy.cli.demo;

import org.jspecify.annotations.NullMarked;
