/** Reasons over the facts of one network with Drools; knows no Kafka. */
@NullMarked
package io.wgwhy.engine.session;

import org.jspecify.annotations.NullMarked;
