/**
 * Rule packs on their way to engines: what is published, the books that are made of it, and what
 * must be right before.
 */
@NullMarked
package io.wgwhy.cli.publish;

import org.jspecify.annotations.NullMarked;
