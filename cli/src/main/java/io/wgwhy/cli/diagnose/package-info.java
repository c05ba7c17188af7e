/**
 * From files to a verdict: tell recordings from pasted outputs, decide which belong to one network,
 * replay each network through its own session.
 */
@NullMarked
package io.wgwhy.cli.diagnose;

import org.jspecify.annotations.NullMarked;
