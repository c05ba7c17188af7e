/** The door to Kafka: the tenants' topics, a publisher of facts, and readers. */
@NullMarked
package io.wgwhy.connectors.kafka;

import org.jspecify.annotations.NullMarked;
