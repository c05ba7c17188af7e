/** CloudEvents for programs of others, signed as Standard Webhooks asks. */
@NullMarked
package io.wgwhy.connectors.sink.webhook;

import org.jspecify.annotations.NullMarked;
