/** Publishes facts to topics and reads findings back. */
@NullMarked
package io.wgwhy.connectors.kafka;

import org.jspecify.annotations.NullMarked;
