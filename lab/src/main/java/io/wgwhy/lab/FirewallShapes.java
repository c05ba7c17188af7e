package io.wgwhy.lab;

import java.util.List;

/** Packet filters as well-known tools write them. */
final class FirewallShapes {
  private FirewallShapes() {}

  /** Loads rules in the form of iptables-save; undone by accepting everything. */
  static Change iptables(String host, String saved) {
    return Change.of(
        lab -> {
          String file = lab.host(host).write("iptables.rules", saved).toString();
          lab.host(host).run(List.of("iptables-restore", file)).orFail();
        },
        lab -> {
          String open =
              "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n";
          String file = lab.host(host).write("iptables.rules", open).toString();
          lab.host(host).run(List.of("iptables-restore", file)).orFail();
        });
  }

  /**
   * What ufw makes of {@code default deny incoming} and some allowed services.
   *
   * @param allowed rules of ufw-user-input, one a line
   */
  static String ufw(String allowed) {
    return """
        *filter
        :INPUT DROP [0:0]
        :FORWARD DROP [0:0]
        :OUTPUT ACCEPT [0:0]
        :ufw-after-forward - [0:0]
        :ufw-after-input - [0:0]
        :ufw-after-logging-forward - [0:0]
        :ufw-after-logging-input - [0:0]
        :ufw-before-forward - [0:0]
        :ufw-before-input - [0:0]
        :ufw-before-logging-input - [0:0]
        :ufw-logging-deny - [0:0]
        :ufw-not-local - [0:0]
        :ufw-reject-input - [0:0]
        :ufw-skip-to-policy-input - [0:0]
        :ufw-track-input - [0:0]
        :ufw-user-forward - [0:0]
        :ufw-user-input - [0:0]
        -A INPUT -j ufw-before-logging-input
        -A INPUT -j ufw-before-input
        -A INPUT -j ufw-after-input
        -A INPUT -j ufw-after-logging-input
        -A INPUT -j ufw-reject-input
        -A INPUT -j ufw-track-input
        -A FORWARD -j ufw-before-forward
        -A FORWARD -j ufw-after-forward
        -A FORWARD -j ufw-after-logging-forward
        -A ufw-after-input -p udp -m udp --dport 137 -j ufw-skip-to-policy-input
        -A ufw-after-input -p udp -m udp --dport 138 -j ufw-skip-to-policy-input
        -A ufw-after-input -p tcp -m tcp --dport 139 -j ufw-skip-to-policy-input
        -A ufw-after-input -m addrtype --dst-type BROADCAST -j ufw-skip-to-policy-input
        -A ufw-before-forward -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A ufw-before-forward -p icmp -m icmp --icmp-type 3 -j ACCEPT
        -A ufw-before-forward -p icmp -m icmp --icmp-type 8 -j ACCEPT
        -A ufw-before-forward -j ufw-user-forward
        -A ufw-before-input -i lo -j ACCEPT
        -A ufw-before-input -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A ufw-before-input -m conntrack --ctstate INVALID -j ufw-logging-deny
        -A ufw-before-input -m conntrack --ctstate INVALID -j DROP
        -A ufw-before-input -p icmp -m icmp --icmp-type 3 -j ACCEPT
        -A ufw-before-input -p icmp -m icmp --icmp-type 8 -j ACCEPT
        -A ufw-before-input -p udp -m udp --sport 67 --dport 68 -j ACCEPT
        -A ufw-before-input -j ufw-not-local
        -A ufw-before-input -d 224.0.0.251/32 -p udp -m udp --dport 5353 -j ACCEPT
        -A ufw-before-input -j ufw-user-input
        -A ufw-logging-deny -m conntrack --ctstate INVALID -m limit --limit 3/min --limit-burst 10 -j RETURN
        -A ufw-not-local -m addrtype --dst-type LOCAL -j RETURN
        -A ufw-not-local -m addrtype --dst-type MULTICAST -j RETURN
        -A ufw-not-local -m addrtype --dst-type BROADCAST -j RETURN
        -A ufw-not-local -m limit --limit 3/min --limit-burst 10 -j ufw-logging-deny
        -A ufw-not-local -j DROP
        -A ufw-skip-to-policy-input -j DROP
        %s
        COMMIT
        """
        .formatted(allowed.strip())
        .replaceAll("(?m)^ +", "");
  }

  /**
   * What firewalld makes of the zone public.
   *
   * @param allowed rules of the zone's allow chain, one a line
   */
  static String firewalld(String allowed) {
    return """
        chain filter_INPUT {
          type filter hook input priority filter + 10; policy accept;
          ct state { established, related } accept
          ct status dnat accept
          iifname "lo" accept
          jump filter_INPUT_ZONES
          ct state invalid drop
          reject with icmpx admin-prohibited
        }
        chain filter_FORWARD {
          type filter hook forward priority filter + 10; policy accept;
          ct state { established, related } accept
          ct status dnat accept
          iifname "lo" accept
          iifname "wg0" accept
          ct state invalid drop
          reject with icmpx admin-prohibited
        }
        chain filter_INPUT_ZONES {
          iifname "wg0" goto filter_IN_trusted
          goto filter_IN_public
        }
        chain filter_IN_trusted {
          accept
        }
        chain filter_IN_public {
          jump filter_IN_public_deny
          jump filter_IN_public_allow
          meta l4proto { icmp, ipv6-icmp } accept
        }
        chain filter_IN_public_deny {
        }
        chain filter_IN_public_allow {
          tcp dport 22 ct state { new, untracked } accept
          ip6 daddr fe80::/64 udp dport 546 ct state { new, untracked } accept
          %s
        }
        """
        .formatted(allowed);
  }

  /** What Docker makes of FORWARD and nat; nothing of it knows WireGuard. */
  static final String DOCKER =
      """
      *filter
      :INPUT ACCEPT [0:0]
      :FORWARD DROP [0:0]
      :OUTPUT ACCEPT [0:0]
      :DOCKER - [0:0]
      :DOCKER-ISOLATION-STAGE-1 - [0:0]
      :DOCKER-ISOLATION-STAGE-2 - [0:0]
      :DOCKER-USER - [0:0]
      -A FORWARD -j DOCKER-USER
      -A FORWARD -j DOCKER-ISOLATION-STAGE-1
      -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
      -A FORWARD -o docker0 -j DOCKER
      -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
      -A FORWARD -i docker0 -o docker0 -j ACCEPT
      -A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
      -A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
      -A DOCKER-ISOLATION-STAGE-1 -j RETURN
      -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
      -A DOCKER-ISOLATION-STAGE-2 -j RETURN
      -A DOCKER-USER -j RETURN
      COMMIT
      *nat
      :PREROUTING ACCEPT [0:0]
      :INPUT ACCEPT [0:0]
      :OUTPUT ACCEPT [0:0]
      :POSTROUTING ACCEPT [0:0]
      :DOCKER - [0:0]
      -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
      -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
      -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
      -A DOCKER -i docker0 -j RETURN
      -A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
      COMMIT
      """;

  /** Sets, maps and named counters, as people write them by hand. */
  static String modern(String ports) {
    return """
        counter wireguard_in { }
        set allowed_udp {
          type inet_service
          flags interval
          elements = { %s }
        }
        chain input {
          type filter hook input priority filter; policy drop;
          ct state vmap { established : accept, related : accept, invalid : drop }
          iifname { "lo", "wg0" } accept
          meta l4proto vmap { tcp : jump tcp_in, udp : jump udp_in, icmp : accept, ipv6-icmp : accept }
        }
        chain tcp_in {
          tcp dport { 22, 80, 443 } accept
        }
        chain udp_in {
          udp dport 51820 counter name wireguard_in
          udp dport @allowed_udp accept
        }
        """
        .formatted(ports);
  }
}
