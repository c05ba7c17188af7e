/**
 * What happens between a finding and a sink: who gets what, what is silenced, what was told
 * already, and that it is tried until it arrives.
 */
@NullMarked
package io.wgwhy.connectors.sink.dispatch;

import org.jspecify.annotations.NullMarked;
