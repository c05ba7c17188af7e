/** Messages for syslog, RFC 5424. */
@NullMarked
package io.wgwhy.connectors.sink.syslog;

import org.jspecify.annotations.NullMarked;
