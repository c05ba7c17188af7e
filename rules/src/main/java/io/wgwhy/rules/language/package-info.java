/**
 * What the rules of a pack may say. Packs come from strangers: a rule asks for facts and judgements
 * by their properties, and concludes with one of three verbs. Whatever is not listed here is
 * refused, before anything of it is compiled: so nothing of a pack is Java, and no rule can go in
 * circles.
 */
@NullMarked
package io.wgwhy.rules.language;

import org.jspecify.annotations.NullMarked;
