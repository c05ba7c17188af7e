/**
 * Turns what commands print into facts.
 *
 * <p>An observation's way: {@link io.wgwhy.connectors.collect.RecordingReader} or {@link
 * io.wgwhy.connectors.collect.Paste} has it; {@link io.wgwhy.connectors.collect.Parsers} finds who
 * reads it, by the command or by the text, in {@code Registry}; that parser reads it. Several
 * outputs in one text are told apart first ({@code Sections}, {@code Compound}, {@code
 * PartsOfOneView}).
 *
 * <p>The parsers stand by what they read: {@code wg}, {@code capture}, {@code filter}, {@code
 * host}, {@code router}, {@code probe}; what all of them use is {@code output}. {@code agent} runs
 * the commands.
 */
@NullMarked
package io.wgwhy.connectors.collect;

import org.jspecify.annotations.NullMarked;
