/** Alerts for Prometheus' Alertmanager, by its API v2. */
@NullMarked
package io.wgwhy.connectors.sink.alertmanager;

import org.jspecify.annotations.NullMarked;
