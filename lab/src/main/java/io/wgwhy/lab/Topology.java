package io.wgwhy.lab;

import java.util.function.Consumer;

/** How the hosts of a lab are wired. */
@FunctionalInterface
public interface Topology {
  /** Adds hosts, cables, addresses, services, and the healthy configuration of the tunnel. */
  void wire(Lab lab);

  /** The same, and then this. */
  default Topology with(Consumer<Lab> more) {
    return lab -> {
      wire(lab);
      more.accept(lab);
    };
  }

  /**
   * A client behind a home router, a server in a data centre.
   *
   * <pre>
   *  cli ------------------ router ------------------- transit ----------+----- srv  wg0 10.66.66.1
   *  192.168.50.10          .50.1 | 198.51.100.20      .1 | 203.0.113.1  |      203.0.113.10, 172.16.9.80
   *  wg0 10.66.66.2         masquerades                  |               +----- other 203.0.113.20
   *                                                      | 192.0.2.1
   *                                                     web  192.0.2.80 (HTTP), 192.0.2.53 (DNS)
   * </pre>
   */
  static Topology homeOffice() {
    return Wiring::homeOffice;
  }

  /**
   * The same, with a second client on another access network.
   *
   * <pre>
   *  cli2 198.51.100.200 ------- 198.51.100.129 transit
   *  wg0 10.66.66.3
   * </pre>
   */
  static Topology twoClients() {
    return lab -> {
      Wiring.homeOffice(lab);
      Wiring.secondClient(lab);
    };
  }

  /**
   * The same, with a server that has a second line.
   *
   * <pre>
   *  transit --- 203.0.113.1 --- eth0 203.0.113.10 srv
   *  transit --- 198.18.0.1 ---- eth1 198.18.0.2   srv   (drops what is not from its customers)
   * </pre>
   */
  static Topology twoLines() {
    return lab -> {
      Wiring.homeOffice(lab);
      Wiring.secondLine(lab);
    };
  }

  /** All of the above. */
  static Topology everything() {
    return lab -> {
      Wiring.homeOffice(lab);
      Wiring.secondClient(lab);
      Wiring.secondLine(lab);
    };
  }

  /** The names of the hosts. */
  String CLI = "cli";

  String CLI2 = "cli2";
  String SRV = "srv";
  String ROUTER = "router";
  String TRANSIT = "transit";
  String WEB = "web";
  String OTHER = "other";
}
