/** Rule packs as they stand on their topic. */
@NullMarked
package io.wgwhy.facts.pack;

import org.jspecify.annotations.NullMarked;
