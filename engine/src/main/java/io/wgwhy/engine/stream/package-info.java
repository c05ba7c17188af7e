/** Feeds sessions from topics and publishes what they find; knows no Drools. */
@NullMarked
package io.wgwhy.engine.stream;

import org.jspecify.annotations.NullMarked;
