package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;
import org.jspecify.annotations.Nullable;

/**
 * Whether the responder's answers take the way that the initiations came.
 *
 * @param cameBy the device by which initiations arrived; null when unknown
 * @param cameTo the address to which they were sent; null when unknown
 * @param leftBy the device by which responses were seen leaving; null when unknown
 * @param leftFrom the source address of those; null when unknown
 * @param otherDevice whether they leave by another device than the initiations came by
 * @param otherSource whether they leave with another source address than the initiations were sent
 *     to
 * @param routed the device to which the responder routes the initiator's address; null when unknown
 * @param routedElsewhere whether that is another device than the initiations came by
 */
public record ReplyRoute(
    String tunnel,
    @Nullable String cameBy,
    @Nullable String cameTo,
    @Nullable String leftBy,
    @Nullable String leftFrom,
    Answer otherDevice,
    Answer otherSource,
    @Nullable String routed,
    Answer routedElsewhere) {}
