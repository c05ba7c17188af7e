/**
 * Real tunnels in network namespaces, to be broken on purpose: {@link io.wgwhy.lab.Lab} is a small
 * network with a WireGuard tunnel across it, {@link io.wgwhy.lab.Faults} the catalogue of what can
 * be broken, {@link io.wgwhy.lab.Recorder} what a person with two terminals would write down.
 */
@NullMarked
package io.wgwhy.lab;

import org.jspecify.annotations.NullMarked;
