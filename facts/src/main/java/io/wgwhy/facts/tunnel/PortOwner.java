package io.wgwhy.facts.tunnel;

import io.wgwhy.facts.Answer;
import org.jspecify.annotations.Nullable;

/**
 * Who has the UDP port that an end wants to listen on.
 *
 * @param taken whether some socket has the port
 * @param foreign whether that is a program other than WireGuard
 * @param process the program; null when unknown or the kernel
 */
public record PortOwner(
    String tunnel, Role role, int port, Answer taken, Answer foreign, @Nullable String process) {}
