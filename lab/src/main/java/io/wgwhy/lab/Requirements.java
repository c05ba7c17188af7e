package io.wgwhy.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What this machine must have for a lab. */
public final class Requirements {
  /** Program to Debian package. */
  private static final Map<String, String> PROGRAMS = new LinkedHashMap<>();

  static {
    PROGRAMS.put("ip", "iproute2");
    PROGRAMS.put("ss", "iproute2");
    PROGRAMS.put("wg", "wireguard-tools");
    PROGRAMS.put("wg-quick", "wireguard-tools");
    PROGRAMS.put("wireguard-go", "wireguard-go");
    PROGRAMS.put("nft", "nftables");
    PROGRAMS.put("iptables", "iptables");
    PROGRAMS.put("tcpdump", "tcpdump");
    PROGRAMS.put("conntrack", "conntrack");
    PROGRAMS.put("ping", "iputils-ping");
    PROGRAMS.put("socat", "socat");
    PROGRAMS.put("sysctl", "procps");
    PROGRAMS.put("dnsmasq", "dnsmasq-base");
    PROGRAMS.put("dig", "bind9-dnsutils");
    PROGRAMS.put("curl", "curl");
  }

  private Requirements() {}

  /** Throws {@link LabException} that says what is missing and how to get it. */
  public static void check() {
    if (!Files.exists(Path.of("/proc/self/ns/net"))) {
      throw new LabException("a lab needs Linux with network namespaces");
    }
    if (!isRoot()) {
      throw new LabException("a lab needs root: sudo ./wgwhy lab ...");
    }
    List<String> missing = new ArrayList<>(PROGRAMS.keySet());
    missing.removeIf(Requirements::isThere);
    if (!missing.isEmpty()) {
      TreeSet<String> packages = new TreeSet<>();
      missing.forEach(it -> packages.add(PROGRAMS.getOrDefault(it, it)));
      throw new LabException(
          String.join(", ", missing) + " missing: sudo apt install " + String.join(" ", packages));
    }
    if (!Files.exists(Path.of("/dev/net/tun"))) {
      throw new LabException("/dev/net/tun is missing: sudo modprobe tun");
    }
  }

  /** Whether a lab is possible here. */
  public static boolean areMet() {
    try {
      check();
      return true;
    } catch (LabException missing) {
      return false;
    }
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isThere(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    for (String folder : path.split(":")) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
