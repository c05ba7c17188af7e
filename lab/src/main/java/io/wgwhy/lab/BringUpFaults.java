package io.wgwhy.lab;

import static io.wgwhy.lab.Topology.CLI;
import static io.wgwhy.lab.Topology.SRV;

import java.util.List;
import java.util.function.UnaryOperator;

/** The interface does not come up, or does not stay. */
final class BringUpFaults {
  private static final String SYNTAX = "config-syntax";

  static final List<Fault> ALL =
      List.of(
          Fault.named("key-truncated-client-peer", SYNTAX, "public-key-mismatch")
              .what("client: PublicKey lost its last two characters")
              .told(
                  "wg refuses the file, wg-quick takes the interface down again.",
                  "yes: error of wg-quick, no interface",
                  "half: nothing arrives")
              .by(shorter(CLI, "PublicKey")),
          Fault.named("key-truncated-client-private", SYNTAX)
              .what("client: PrivateKey lost its last two characters")
              .told(
                  "wg refuses the file, wg-quick takes the interface down again.",
                  "yes: error of wg-quick, no interface",
                  "half: nothing arrives")
              .by(Change.conf(CLI, it -> it.set("PrivateKey", cut(it.iface().get("PrivateKey"))))),
          Fault.named("key-truncated-server-peer", SYNTAX, "public-key-mismatch")
              .what("server: PublicKey of the client lost its last two characters")
              .told(
                  "No interface at the server: ICMP port unreachable.",
                  "no: as a closed port",
                  "yes: error of wg-quick, no interface")
              .by(shorter(SRV, "PublicKey")),
          Fault.named("hook-fails-server", "hook-command-failed")
              .what("server: a PostUp command that does not exist")
              .told(
                  "wg-quick takes the interface down again when a hook fails.",
                  "no: as a closed port",
                  "yes: error of wg-quick, no interface")
              .by(Change.conf(SRV, it -> it.set("PostUp", "ufw-docker allow 51820/udp"))),
          Fault.named("listen-port-in-use", "listen-port-in-use")
              .what("another program has UDP 51820 when the interface comes up")
              .told(
                  "The interface cannot bind; the 148s go to the other program: no answer, no"
                      + " ICMP.",
                  "no",
                  "yes: ss -ulpn shows another owner; Address already in use")
              .by(
                  Change.of(
                      lab -> {
                        lab.serve(
                            "squatter",
                            lab.host(SRV),
                            List.of("socat", "-u", "UDP-RECVFROM:51820,fork", "/dev/null"));
                        pause();
                      },
                      lab -> {
                        lab.stop("squatter");
                        lab.restart(SRV);
                      })),
          Fault.named("endpoint-name-unresolved", "endpoint-name-unresolved")
              .what("the Endpoint's name does not exist")
              .told(
                  "wg cannot resolve the name and refuses the file.",
                  "yes: error of wg-quick, no interface",
                  "half: nothing arrives")
              .by(Change.peer(CLI, "Endpoint", "vnp.lab.test:51820")),
          Fault.named("resolvconf-missing", "resolvconf-missing")
              .what("DNS in the client's conf, no resolvconf on the machine")
              .told(
                  "wg-quick cannot run resolvconf and takes the interface down again.",
                  "yes: resolvconf: command not found",
                  "half: one handshake at most, then nothing")
              .by(Change.conf(CLI, it -> it.set("DNS", "10.66.66.1")).and(without("resolvconf"))),
          Fault.named("ipv6-disabled", "ipv6-disabled")
              .what("an IPv6 address in the client's conf, IPv6 switched off on the machine")
              .told(
                  "The address is refused, wg-quick takes the interface down again.",
                  "yes: error of wg-quick, disable_ipv6 = 1",
                  "half: one handshake at most, then nothing")
              .by(
                  Change.conf(CLI, it -> it.set("Address", "10.66.66.2/24, fd66::2/64"))
                      .and(Change.sysctl(CLI, "net.ipv6.conf.all.disable_ipv6", "1", "0"))
                      .and(Change.sysctl(CLI, "net.ipv6.conf.default.disable_ipv6", "1", "0"))),
          Fault.named("kernel-module-missing", "kernel-module-missing")
              .what("neither the kernel module nor wireguard-go on the client")
              .told(
                  "There is no such interface type.",
                  "yes: error of wg-quick, no interface",
                  "half: nothing arrives")
              .by(without("wireguard-go-logged")),
          Fault.named("iface-down-client", "interface-down")
              .what("ip link set wg0 down at the client")
              .told(
                  "Routes through wg0 are gone; 10.66.66.1 goes to the default gateway in clear.",
                  "yes: ip link DOWN, ip route get says eth0",
                  "half: nothing arrives")
              .midway(
                  Change.of(lab -> lab.host(CLI).ip("link set wg0 down"), lab -> lab.restart(CLI))),
          Fault.named("iface-down-server", "interface-down")
              .what("ip link set wg0 down at the server")
              .told(
                  "wireguard-go keeps its socket and answers with keepalives; nothing comes out of"
                      + " wg0. The kernel module closes its socket.",
                  "no: handshake good, only 32-byte keepalives come back",
                  "yes: ip link DOWN; log: Failed to write packet to TUN device")
              .midway(
                  Change.of(
                      lab -> lab.host(SRV).ip("link set wg0 down"), lab -> lab.restart(SRV))));

  private BringUpFaults() {}

  private static Change shorter(String host, String key) {
    UnaryOperator<Section> cut = peer -> peer.set(key, cut(peer.get(key)));
    return Change.conf(host, it -> it.peer(0, cut));
  }

  private static String cut(String key) {
    return key.substring(0, key.length() - 2);
  }

  /** A program that the client does not have. */
  private static Change without(String program) {
    return Change.of(
        lab -> Folder.delete(lab.host(CLI).folder().resolve("bin").resolve(program)),
        lab -> Folder.program(lab.host(CLI).folder(), program));
  }

  private static void pause() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
