package io.wgwhy.lab;

import java.util.List;

/**
 * How a recording looks at a host. Immutable.
 *
 * @param called its name in observations
 * @param iface its WireGuard interface, when it has only one
 * @param seen false when nobody has a terminal there
 * @param device where packets are captured; empty when nobody captures there
 * @param directions whether each direction has a capture of its own
 * @param dump whether WireGuard is asked by {@code wg show all dump}; otherwise by {@code wg show}
 * @param gateway whether its filters and connections are looked at from the beginning
 * @param clock seconds by which its clock is ahead
 * @param routes the addresses that {@code ip route get} is asked about
 */
record View(
    String called,
    String iface,
    boolean seen,
    String device,
    boolean directions,
    boolean dump,
    boolean gateway,
    double clock,
    List<String> routes) {
  /** What the topologies have: the other end, both inner addresses, and hosts behind them. */
  private static final List<String> ROUTES =
      List.of(
          "203.0.113.10", "10.66.66.1", "10.66.66.2", "192.0.2.80", "172.16.9.80", "192.168.50.1");

  View {
    routes = List.copyOf(routes);
  }

  static View of(String host) {
    boolean gateway = host.equals(Topology.SRV);
    return new View(host, "wg0", true, "eth0", true, true, gateway, 0, ROUTES);
  }

  View called(String name) {
    return new View(name, iface, seen, device, directions, dump, gateway, clock, routes);
  }

  View iface(String name) {
    return new View(called, name, seen, device, directions, dump, gateway, clock, routes);
  }

  View unseen() {
    return new View(called, iface, false, device, directions, dump, gateway, clock, routes);
  }

  View capturedAt(String port) {
    return new View(called, iface, seen, port, directions, dump, gateway, clock, routes);
  }

  View notCaptured() {
    return capturedAt("");
  }

  /** One capture for both directions. */
  View oneCapture(String port) {
    return new View(called, iface, seen, port, false, dump, gateway, clock, routes);
  }

  View asText() {
    return new View(called, iface, seen, device, directions, false, gateway, clock, routes);
  }

  View asGateway() {
    return new View(called, iface, seen, device, directions, dump, true, clock, routes);
  }

  View ahead(double seconds) {
    return new View(called, iface, seen, device, directions, dump, gateway, seconds, routes);
  }

  View asksFor(String... addresses) {
    List<String> asked = List.of(addresses);
    return new View(called, iface, seen, device, directions, dump, gateway, clock, asked);
  }
}
