package io.wgwhy.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A small network with a WireGuard tunnel across it, in network namespaces of this machine: real
 * packets, real filters, wireguard-go. It needs root. Closing it removes everything.
 */
public final class Lab implements AutoCloseable {
  /** What labs of a process are called, with its id and a number. */
  static final String OWNED = "wgwhy-trial-";

  /** The lab that a person plays with: it outlives the command that made it. */
  static final String PLAYGROUND = "wgwhy-lab";

  /** Separates a host from its interface where a host is the end of several tunnels. */
  private static final String AT = ":";

  private static final AtomicInteger MADE = new AtomicInteger();

  /** Those of this process, to be removed when it is asked to end. */
  private static final Set<Lab> OURS = ConcurrentHashMap.newKeySet();

  private static volatile boolean ending;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Lab::removeAll, "labs"));
  }

  private final String name;
  private final Path folder;
  private final @Nullable FileChannel owned;
  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private final Map<String, Keys> keys = new LinkedHashMap<>();
  private final Map<String, Conf> base = new LinkedHashMap<>();
  private final Map<String, Conf> healthy = new LinkedHashMap<>();
  private final Map<String, Conf> wanted = new LinkedHashMap<>();
  private final Map<String, Conf> applied = new LinkedHashMap<>();
  private final Map<String, Service> services = new LinkedHashMap<>();
  private final Map<String, View> views = new LinkedHashMap<>();
  private boolean closed;
  private volatile BiConsumer<Host, Ran> witness = (host, ran) -> {};

  private Lab(String name, Path folder, @Nullable FileChannel owned) {
    this.name = name;
    this.folder = folder;
    this.owned = owned;
  }

  /** Builds the network; the tunnel is not up yet. It belongs to this process. */
  public static Lab build(Topology topology) {
    String name = OWNED + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet();
    if (ending) {
      throw new LabException("this process is ending: no more labs");
    }
    Path folder = Folder.create(name);
    Lab lab = new Lab(name, folder, Leftovers.own(folder));
    OURS.add(lab);
    return wire(lab, topology);
  }

  private static void removeAll() {
    ending = true;
    for (Lab lab : OURS) {
      try {
        lab.close();
      } catch (RuntimeException e) {
        // Its own thread is at it, too; what is left goes with the next lab.
      }
    }
  }

  /** Builds the network that a person plays with; {@link #keep} makes it stay. */
  static Lab buildPlayground(Topology topology) {
    Path folder = Folder.create(PLAYGROUND);
    return wire(new Lab(PLAYGROUND, folder, Leftovers.own(folder)), topology);
  }

  /** Finds a lab again that an earlier process has built. */
  static Lab find(State state) {
    Lab lab = new Lab(PLAYGROUND, Folder.of(PLAYGROUND), null);
    for (String host : state.hosts()) {
      Host found = new Host(host, PLAYGROUND + "-" + host, lab.folder.resolve(host));
      found.power(!state.off().contains(host));
      lab.hosts.put(host, found);
    }
    lab.keys.putAll(state.keys());
    lab.base.putAll(state.base());
    lab.healthy.putAll(state.healthy());
    lab.wanted.putAll(state.wanted());
    lab.applied.putAll(state.applied());
    lab.services.putAll(state.services());
    return lab;
  }

  private static Lab wire(Lab lab, Topology topology) {
    try {
      topology.wire(lab);
      lab.base.putAll(lab.wanted);
      lab.settle();
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

  /** The host of this name. Throws {@link LabException} when there is none. */
  public Host host(String host) {
    Host found = hosts.get(host);
    if (found == null) {
      throw new LabException(
          "no host " + host + " in this lab, but " + String.join(", ", hosts.keySet()));
    }
    return found;
  }

  /** The hosts with a tunnel's end, in the order in which they come up. */
  public List<Host> ends() {
    return wanted.keySet().stream().map(Lab::hostOf).distinct().map(this::host).toList();
  }

  /** The WireGuard interfaces of a host, in the order in which they come up. */
  List<String> interfaces(Host host) {
    return wanted.keySet().stream()
        .filter(end -> hostOf(end).equals(host.name()))
        .map(this::interfaceOf)
        .toList();
  }

  /** How this host is looked at. */
  View view(String host) {
    return views.getOrDefault(host, View.of(host));
  }

  /** Changes how this host is looked at, and what it is called there. */
  void view(String host, UnaryOperator<View> change) {
    views.put(host, change.apply(view(host)));
  }

  private static String hostOf(String end) {
    return end.split(AT)[0];
  }

  private String interfaceOf(String end) {
    return end.contains(AT) ? end.split(AT)[1] : view(end).iface();
  }

  /** The keys of a host, or of whatever else has this name. */
  Keys keys(String owner) {
    return keys.computeIfAbsent(owner, any -> Keys.generate());
  }

  /**
   * Changes the configuration that an end shall have; {@link #apply()} makes it true.
   *
   * @param end a host, or {@code host:interface} for a further interface of it
   */
  void conf(String end, UnaryOperator<Conf> change) {
    Conf before = wanted.getOrDefault(end, new Conf(Section.named("Interface"), List.of()));
    wanted.put(end, change.apply(before));
  }

  /** What is wanted now is what counts as healthy. */
  void settle() {
    healthy.putAll(wanted);
  }

  /** As the topology had it. */
  void unsettle() {
    wanted.putAll(base);
    settle();
  }

  /** Back to the configuration that counts as healthy. */
  void heal(String host) {
    Conf conf = healthy.get(host);
    if (conf != null) {
      wanted.put(host, conf);
    }
  }

  /** Brings every tunnel up whose configuration is not the one that is wanted. */
  void apply() {
    for (Map.Entry<String, Conf> end : wanted.entrySet()) {
      if (!end.getValue().equals(applied.get(end.getKey()))) {
        restart(end.getKey());
      }
    }
  }

  /** wg-quick down, if it was up; then up, with the configuration that is wanted. */
  void restart(String end) {
    Host at = host(hostOf(end));
    Conf conf = wanted.get(end);
    if (conf == null) {
      throw new LabException(end + " is no end of a tunnel");
    }
    if (applied.put(end, conf) != null) {
      quick(end, "down");
    }
    at.writeSecret("wireguard/" + interfaceOf(end) + ".conf", conf.text());
    quick(end, "up");
  }

  /** Brings every tunnel up that should be there and is not: it broke off, or never came up. */
  void revive() {
    for (String end : wanted.keySet()) {
      String device = interfaceOf(end);
      if (host(hostOf(end)).run("ip link show " + device).exit() != 0) {
        applied.remove(end);
        restart(end);
      }
    }
  }

  /** wg-quick sets this for a full tunnel, and leaves it when that goes down. */
  void forgetMarks() {
    ends().forEach(end -> end.sysctl("net.ipv4.conf.all.src_valid_mark", "0"));
  }

  /** Takes every tunnel down; {@link #apply()} brings them up again. */
  void down() {
    List.copyOf(applied.keySet()).forEach(end -> quick(end, "down"));
    applied.clear();
  }

  /** The ends' filters know no flow any more. */
  void forgetFlows() {
    ends().forEach(end -> end.run("conntrack -F").orFail());
  }

  void quick(String end, String verb) {
    Host host = host(hostOf(end));
    witness.accept(host, host.run("wg-quick " + verb + " " + interfaceOf(end)));
  }

  /** Starts a service; it ends with the lab. */
  void serve(String service, Host host, List<String> command) {
    Process process = host.start(host.folder().resolve(service + ".log"), command);
    services.put(service, Service.of(process.toHandle()));
  }

  /** Ends a service, and waits until it has ended. */
  void stop(String service) {
    Service running = services.remove(service);
    if (running != null) {
      running.running().ifPresent(Lab::end);
    }
  }

  private static void end(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(2, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  Path folder() {
    return folder;
  }

  List<String> hosts() {
    return List.copyOf(hosts.keySet());
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    Leftovers.remove(name, folder);
    closed = true;
    OURS.remove(this);
    if (owned != null) {
      try {
        owned.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Writes down what is needed to find this lab again: it stays when this process ends. */
  void keep(@Nullable String broken) {
    state(broken).write(folder);
  }

  private State state(@Nullable String broken) {
    List<String> off = new ArrayList<>(hosts());
    off.removeIf(host -> !host(host).poweredOff());
    return new State(hosts(), off, broken, keys, base, healthy, wanted, applied, services);
  }
}
