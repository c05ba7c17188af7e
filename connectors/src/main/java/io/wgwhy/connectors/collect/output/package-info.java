/**
 * What a command printed, whatever the command: its lines, words, numbers, names and addresses;
 * secrets, which never leave the host; and what every {@link
 * io.wgwhy.connectors.collect.output.Parser} is and gives.
 */
@NullMarked
package io.wgwhy.connectors.collect.output;

import org.jspecify.annotations.NullMarked;
