/** The doors: what comes in and what goes out. Here is what all of them share. */
@NullMarked
package io.wgwhy.connectors;

import org.jspecify.annotations.NullMarked;
