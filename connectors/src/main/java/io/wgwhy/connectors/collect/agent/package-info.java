/**
 * The agent: runs the commands of the catalogue on this host, on schedules that fit them, never
 * with a shell, and hands on what they print.
 */
@NullMarked
package io.wgwhy.connectors.collect.agent;

import org.jspecify.annotations.NullMarked;
