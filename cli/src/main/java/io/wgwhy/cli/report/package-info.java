/**
 * What a person reads at the end: verdict, where the packets stop, evidence, the walk through the
 * diagnostic order, what to do. Plain text, made to be read, pasted and shown to others.
 */
@NullMarked
package io.wgwhy.cli.report;

import org.jspecify.annotations.NullMarked;
