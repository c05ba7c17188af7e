/**
 * Reasons over the facts of one network with Drools; knows no Kafka.
 *
 * <p>A fact's way through {@link io.wgwhy.engine.session.NetworkSession}:
 *
 * <ol>
 *   <li><b>Remember.</b> {@code Changes} takes it into {@code Memory} ({@code HostFacts}, {@code
 *       Kept}) and notes which tunnels it concerns; {@code Hearing} notes who spoke. Nearly all
 *       facts end here: {@code Calm}, {@code CalmTunnels} and {@code Ease} tell samples that say
 *       nothing new.
 *   <li><b>Pair.</b> {@code Pairing} makes tunnels of {@code PeerView}s; {@code Tunnels} has them
 *       by host.
 *   <li><b>Measure.</b> Of each tunnel that something changed of {@code Scenes} makes a {@code
 *       Scene}; {@code Judge} has {@code Judgements} made of it. One class for each question: how
 *       far packets get ({@code HandshakePaths}, {@code Delivery}, {@code TunnelFlows}, {@code
 *       DataPaths}), counters over time ({@code Trends}, {@code Samples}), what the filters do
 *       ({@code FilterVerdicts}, {@code PacketFilter}), addresses, routes and forwarding ({@code
 *       Addressings}, {@code Routing}, {@code Forwardings}, {@code ReplyRoutes}), what was asked
 *       through the tunnel ({@code Probes}, {@code Reaches}, {@code FailedTargets}), names and
 *       endpoints ({@code NameChecks}, {@code EndpointChecks}), {@code Risks}, and the {@code
 *       *Clues}, which single outputs show by themselves.
 *   <li><b>Ask the rules.</b> {@code WorkingMemory} is the Drools session: judgements go in,
 *       symptoms and conclusions come out.
 *   <li><b>Say it.</b> {@code Walk} and {@code Checklist} go through the order as a person would;
 *       {@code FindingWriter} writes the finding, {@code Says} and its kin the evidence.
 *   <li><b>Tell it.</b> {@code Ledger} knows what is open, waits until it has held, and lets
 *       tunnels share a finding where the fault is one.
 * </ol>
 */
@NullMarked
package io.wgwhy.engine.session;

import org.jspecify.annotations.NullMarked;
