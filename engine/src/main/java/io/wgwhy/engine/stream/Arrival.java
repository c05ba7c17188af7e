package io.wgwhy.engine.stream;

import io.wgwhy.facts.Fact;

/**
 * A fact, the network it is about, and the record it came in (in case it must be refused yet).
 *
 * @param continues whether more of the same moment is on its way, as far as the publisher said
 */
record Arrival(NetworkKey network, Fact fact, Source source, boolean continues) {}
