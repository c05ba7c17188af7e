package io.wgwhy.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * A small network with a WireGuard tunnel across it, in network namespaces of this machine: real
 * packets, real filters, wireguard-go. It needs root. Closing it removes everything.
 */
public final class Lab implements AutoCloseable {
  static final String INTERFACE = "wg0";
  private static final AtomicInteger MADE = new AtomicInteger();

  private final String name;
  private final Path folder;
  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private final Map<String, Process> services = new LinkedHashMap<>();
  private final Map<String, Keys> keys = new LinkedHashMap<>();
  private final Map<String, Conf> healthy = new LinkedHashMap<>();
  private final Map<String, Conf> wanted = new LinkedHashMap<>();
  private final Map<String, Conf> applied = new LinkedHashMap<>();
  private volatile BiConsumer<Host, Ran> witness = (host, ran) -> {};

  private Lab(String name) {
    this.name = name;
    this.folder = Folder.create(name);
  }

  /** Builds the network; the tunnel is not up yet. The owner is this process. */
  public static Lab build(Topology topology) {
    String name = Leftovers.PREFIX + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet();
    Lab lab = new Lab(name);
    try {
      topology.wire(lab);
      lab.healthy.putAll(lab.wanted);
      return lab;
    } catch (RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  /** Who wants to know what wg-quick said. */
  void witness(BiConsumer<Host, Ran> sees) {
    witness = sees;
  }

  /** Adds a host. */
  Host add(String host) {
    String namespace = name + "-" + host;
    Ran.run(List.of("ip", "netns", "add", namespace)).orFail();
    Host added = new Host(host, namespace, Folder.host(folder, host));
    hosts.put(host, added);
    keys.put(host, Keys.generate());
    added.ip("link set lo up");
    return added;
  }

  /** Joins two hosts by a cable. */
  void cable(String host, String port, String otherHost, String otherPort) {
    Host one = host(host);
    Host other = host(otherHost);
    one.ip(
        "link add " + port + " type veth peer name " + otherPort + " netns " + other.namespace());
    one.ip("link set " + port + " up");
    other.ip("link set " + otherPort + " up");
  }

  /** The host of this name. */
  public Host host(String host) {
    Host found = hosts.get(host);
    if (found == null) {
      throw new LabException("no host " + host + " in this lab: " + hosts.keySet());
    }
    return found;
  }

  /** The hosts with a tunnel's end, in the order in which they come up. */
  public List<Host> ends() {
    return wanted.keySet().stream().map(this::host).toList();
  }

  Keys keys(String host) {
    Keys found = keys.get(host);
    if (found == null) {
      throw new LabException("no host " + host + " in this lab");
    }
    return found;
  }

  /** Changes the configuration that a host shall have; {@link #apply()} makes it true. */
  void conf(String host, UnaryOperator<Conf> change) {
    Conf before = wanted.get(host);
    wanted.put(
        host,
        change.apply(before == null ? new Conf(Section.named("Interface"), List.of()) : before));
  }

  /** What is wanted now is what counts as healthy. */
  void settle() {
    healthy.putAll(wanted);
  }

  /** Back to the configuration that counts as healthy. */
  void heal(String host) {
    Conf conf = healthy.get(host);
    if (conf != null) {
      wanted.put(host, conf);
    }
  }

  /**
   * Brings every tunnel up whose configuration is not the one that is wanted, as a person would.
   */
  void apply() {
    for (Map.Entry<String, Conf> end : wanted.entrySet()) {
      if (!end.getValue().equals(applied.get(end.getKey()))) {
        restart(end.getKey());
      }
    }
  }

  /** wg-quick down, if it is up; then up. */
  void restart(String host) {
    Host at = host(host);
    if (applied.containsKey(host)) {
      quick(at, "down");
    }
    Conf conf = wanted.get(host);
    if (conf == null) {
      throw new LabException(host + " is no end of a tunnel");
    }
    Path file = at.write("wireguard/" + INTERFACE + ".conf", conf.text());
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    applied.put(host, conf);
    quick(at, "up");
  }

  /** What happens to a running tunnel without its owner's doing is seen here, too. */
  void quick(Host host, String verb) {
    witness.accept(host, host.run("wg-quick " + verb + " " + INTERFACE));
  }

  /** Starts a service; it ends with the lab. */
  void serve(String service, Host host, List<String> command) {
    services.put(service, host.start(host.folder().resolve(service + ".log"), command));
  }

  /** Ends a service. */
  void stop(String service) {
    Process running = services.remove(service);
    if (running != null) {
      end(running);
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    services.values().forEach(Process::destroy);
    hosts.values().forEach(host -> Leftovers.remove(host.namespace()));
    Folder.delete(folder);
  }
}
